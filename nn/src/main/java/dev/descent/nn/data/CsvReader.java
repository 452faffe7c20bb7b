package dev.descent.nn.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the text of a CSV file into cells, as RFC 4180 has it: commas between cells, double quotes
 * around those that hold commas, quotes (twice) or line ends. Lines end with LF or CR LF.
 */
final class CsvReader {
  private final String source;
  private final String text;
  private int position;
  private int line = 1;

  CsvReader(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /**
   * A line of the table.
   *
   * @param line the number of the file's line in which it begins, from 1
   * @param cells the cells without their quotes
   */
  record Row(int line, List<String> cells) {}

  /** All rows; empty lines are none. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    while (position < text.length()) {
      int begin = line;
      if (!acceptLineEnd()) {
        rows.add(new Row(begin, cells()));
      }
    }
    return rows;
  }

  private List<String> cells() {
    List<String> cells = new ArrayList<>();
    do {
      cells.add(at('"') ? quoted(cells.size() + 1) : plain(cells.size() + 1));
    } while (accept(','));
    if (position < text.length() && !acceptLineEnd()) {
      throw problem(cells.size(), "goes on after its quotes", "a comma or the end of the line");
    }
    return cells;
  }

  private String plain(int column) {
    int start = position;
    while (position < text.length() && ",\n\"".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (at('"')) {
      throw problem(column, "has a quote in its midst", "quotes around the whole cell");
    }
    int end = position;
    if (at('\n') && end > start && text.charAt(end - 1) == '\r') {
      end--;
      position--;
    }
    return text.substring(start, end);
  }

  private String quoted(int column) {
    int begin = line;
    StringBuilder cell = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"' && !accept('"')) {
        return cell.toString();
      }
      if (c == '\n') {
        line++;
      }
      cell.append(c);
    }
    line = begin;
    throw problem(column, "has no closing quote", "one before the end of the file");
  }

  private boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean accept(char c) {
    boolean found = at(c);
    position += found ? 1 : 0;
    return found;
  }

  private boolean acceptLineEnd() {
    int length = text.startsWith("\r\n", position) ? 2 : at('\n') ? 1 : 0;
    position += length;
    line += length > 0 ? 1 : 0;
    return length > 0;
  }

  private DataException problem(int column, String found, String expected) {
    return new DataException(
        source, "line %d, cell %d: %s; expected %s".formatted(line, column, found, expected));
  }
}
