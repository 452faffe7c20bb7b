package dev.descent.nn.checkpoint;

import dev.descent.nn.data.DataException;

/**
 * JSON that is read token by token by someone who knows what has to come next, as RFC 8259 has it
 * and not a bit more liberally. What it does not expect it refuses at once, so nothing is built for
 * it and no depth is too deep.
 */
final class JsonText {
  private final String source;
  private final String text;
  private int position;

  /**
   * A text from its beginning.
   *
   * @param source names the file in error messages
   */
  JsonText(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Reads a character that has to be there, perhaps after space. */
  void expect(char expected) {
    if (!accept(expected)) {
      throw unexpected("'" + expected + "'");
    }
  }

  /** Reads a character if it is the next, perhaps after space. */
  boolean accept(char expected) {
    skipSpace();
    if (position == text.length() || text.charAt(position) != expected) {
      return false;
    }
    position++;
    return true;
  }

  /** Reads on to the end, at which nothing but space may be left. */
  void expectEnd() {
    skipSpace();
    if (position < text.length()) {
      throw unexpected("the end of the header");
    }
  }

  /** Reads a string. */
  String string() {
    skipSpace();
    if (position == text.length() || text.charAt(position) != '"') {
      throw unexpected("a string");
    }
    position++;
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = nextInString();
      if (c == '"') {
        break;
      }
      string.append(c == '\\' ? escaped() : c);
    }
    checkSurrogates(string);
    return string.toString();
  }

  private char nextInString() {
    if (position == text.length() || text.charAt(position) < ' ') {
      throw unexpected("more of a string, or its end");
    }
    return text.charAt(position++);
  }

  private char escaped() {
    char c = nextInString();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = hexadecimal(nextInString());
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> {
        position--;
        throw unexpected("one of \"\\/bfnrtu");
      }
    };
  }

  /** Not Character.digit, for which digits of other scripts are digits, too. */
  private int hexadecimal(char c) {
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      position--;
      throw unexpected("a hexadecimal digit");
    }
    return digit;
  }

  /** Half a character outside the first plane is no text that could be written again. */
  private void checkSurrogates(StringBuilder string) {
    for (int i = 0; i < string.length(); i++) {
      if (Character.isSurrogate(string.charAt(i))) {
        if (i + 1 == string.length()
            || !Character.isSurrogatePair(string.charAt(i), string.charAt(i + 1))) {
          throw problem("holds half a character in the string that ends", "the other half");
        }
        i++;
      }
    }
  }

  /** Reads a whole number from 0 to 2^63 - 1, without sign, fraction, exponent or leading zeros. */
  long wholeNumber() {
    skipSpace();
    int start = position;
    long number = 0;
    while (position < text.length() && isDigit(text.charAt(position))) {
      int digit = text.charAt(position) - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        throw problem("holds a number that is too large", "at most 2^63 - 1");
      }
      number = 10 * number + digit;
      position++;
    }
    boolean zeroFirst = position > start + 1 && text.charAt(start) == '0';
    boolean goesOn = position < text.length() && ".eE".indexOf(text.charAt(position)) >= 0;
    if (start == position || goesOn) {
      throw unexpected("a whole number >= 0");
    }
    if (zeroFirst) {
      throw problem("holds a number that starts with 0", "one without it");
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  /** What is wrong with what has just been read. */
  DataException problem(String found, String expected) {
    return new DataException(
        source, "the header %s at character %d; expected %s".formatted(found, position, expected));
  }

  private DataException unexpected(String expected) {
    return position == text.length()
        ? new DataException(
            source,
            "the header ends after %d characters; expected %s".formatted(position, expected))
        : problem("has " + visible(text.charAt(position)), expected);
  }

  private static String visible(char c) {
    return c > ' ' && c < 127 ? "'" + c + "'" : "U+%04X".formatted((int) c);
  }

  /** Appends a string as JSON, as the Python library writes it. */
  static void quote(String string, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    json.append('"');
  }
}
