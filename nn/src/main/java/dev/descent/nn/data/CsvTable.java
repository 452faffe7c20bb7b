package dev.descent.nn.data;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table of texts from a CSV file whose first line names the columns: commas between cells, double
 * quotes around those that need them (RFC 4180), in UTF-8. Immutable.
 *
 * <pre>{@code
 * CsvTable flowers = CsvTable.read(Path.of("iris.csv"));
 * Dataset dataset = flowers.dataset("species"); // all other columns are numbers
 * }</pre>
 */
public final class CsvTable {
  private final String source;
  private final List<String> columns;
  private final List<CsvReader.Row> rows;

  private CsvTable(String source, List<String> columns, List<CsvReader.Row> rows) {
    this.source = source;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it is missing, cannot be read, is not of this format, or has a line
   *     with more or fewer cells than the first; the message names the line
   */
  public static CsvTable read(Path file) {
    return Source.read(file, "a CSV file", CsvTable::read);
  }

  /**
   * Reads a stream to its end and closes it.
   *
   * @param source names the data in error messages
   * @throws DataException as {@link #read(Path)}
   */
  public static CsvTable read(String source, InputStream in) {
    try (in) {
      return parse(source, decode(in.readAllBytes()));
    } catch (CharacterCodingException e) {
      throw new DataException(source, "is no UTF-8; expected a CSV file in it", e);
    } catch (IOException e) {
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static CsvTable parse(String source, String text) {
    List<CsvReader.Row> lines = new CsvReader(source, text).rows();
    if (lines.isEmpty()) {
      throw new DataException(source, "is empty; expected a line with the names of the columns");
    }
    List<String> columns = lines.getFirst().cells();
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      if (column.isBlank() || !names.add(column)) {
        throw new DataException(
            source,
            "line %d: a column's name is %s; expected names, each once"
                .formatted(
                    lines.getFirst().line(), column.isBlank() ? "missing" : column + ", again"));
      }
    }
    for (CsvReader.Row row : lines) {
      if (row.cells().size() != columns.size()) {
        throw new DataException(
            source,
            "line %d: %d cells; expected %d, as the first line has"
                .formatted(row.line(), row.cells().size(), columns.size()));
      }
    }
    return new CsvTable(source, columns, lines.subList(1, lines.size()));
  }

  /** The names of the columns, in the file's order. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** How many rows there are below the names. */
  public int size() {
    return rows.size();
  }

  /**
   * One column as it is written.
   *
   * @throws DataException if there is none of this name
   */
  public List<String> texts(String column) {
    int index = index(column);
    return rows.stream().map(row -> row.cells().get(index)).toList();
  }

  /** The rows in which no cell is blank. */
  public CsvTable withoutIncompleteRows() {
    return new CsvTable(
        source,
        columns,
        rows.stream().filter(row -> row.cells().stream().noneMatch(String::isBlank)).toList());
  }

  /**
   * Some columns as numbers.
   *
   * @param names at least one
   * @return {@code [size, columns]}
   * @throws DataException if there is no such column, or a cell is blank or no finite number; the
   *     message names its line and column
   */
  public Tensor numbers(List<String> names) {
    float[] values = new float[Math.multiplyExact(rows.size(), names.size())];
    int[] indices = names.stream().mapToInt(this::index).toArray();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < indices.length; j++) {
        values[i * indices.length + j] = number(rows.get(i), indices[j]);
      }
    }
    return Tensor.of(Shape.of(rows.size(), indices.length), values);
  }

  private float number(CsvReader.Row row, int column) {
    String text = text(row, column);
    try {
      // Java's own words for numbers, such as 1f and 0x1p3, are none here.
      float number = text.matches("[-+.0-9eE]+") ? Float.parseFloat(text) : Float.NaN;
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // A word and a number that is not allowed are the same mistake.
    }
    throw problem(row, column, text, "a finite number");
  }

  private String text(CsvReader.Row row, int column) {
    String text = row.cells().get(column).strip();
    if (text.isEmpty()) {
      throw problem(
          row, column, "missing", "a value; withoutIncompleteRows() leaves such rows out");
    }
    return text;
  }

  private DataException problem(CsvReader.Row row, int column, String found, String expected) {
    return new DataException(
        source,
        "line %d, column %s is %s; expected %s"
            .formatted(row.line(), columns.get(column), found, expected));
  }

  /**
   * The distinct texts of a column in alphabetical order: class 0, class 1 and so on of {@link
   * #dataset}.
   *
   * @throws DataException if there is no such column, or a cell is blank
   */
  public List<String> classes(String label) {
    int index = index(label);
    Set<String> classes = new TreeSet<>();
    for (CsvReader.Row row : rows) {
      classes.add(text(row, index));
    }
    return List.copyOf(classes);
  }

  /**
   * Examples to learn from: one column is the class, all others are numbers.
   *
   * @param label the column of the {@link #classes}
   * @return inputs {@code [size, columns - 1]}
   * @throws DataException if there is no such column, no row or no other column, or a cell is blank
   *     or no number; the message names its line and column
   */
  public Dataset dataset(String label) {
    int index = index(label);
    List<String> classes = classes(label);
    List<String> inputs = columns.stream().filter(column -> !column.equals(label)).toList();
    if (classes.isEmpty() || inputs.isEmpty()) {
      throw new DataException(
          source,
          "%d rows and %d columns beside %s; expected at least one of each"
              .formatted(rows.size(), inputs.size(), label));
    }
    int[] labels = rows.stream().mapToInt(row -> classes.indexOf(text(row, index))).toArray();
    return new Dataset(numbers(inputs), Indices.of(labels), classes.size());
  }

  private int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new DataException(source, "has no column " + column + "; expected one of " + columns);
    }
    return index;
  }

  /** Columns, size and source, not the cells. */
  @Override
  public String toString() {
    return rows.size() + " rows of " + columns + " from " + source;
  }
}
