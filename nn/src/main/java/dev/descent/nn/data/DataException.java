package dev.descent.nn.data;

import org.jspecify.annotations.Nullable;

/**
 * A file that is missing, cannot be read, or does not hold what it should. The message is one line:
 * the file, what was found in it and what was expected.
 *
 * <p>Unchecked, because nothing between the reader and the edge of a program can mend a bad file;
 * the edge (a command line, a test) catches it by this one type and prints the message.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A problem found in the data itself.
   *
   * @param source the file, or whatever names the data for its reader
   * @param problem what was found and what was expected
   */
  public DataException(String source, String problem) {
    this(source, problem, null);
  }

  /**
   * A problem that another exception reported.
   *
   * @param source the file, or whatever names the data for its reader
   * @param problem what was found and what was expected
   * @param cause the exception that reported it
   */
  public DataException(String source, String problem, @Nullable Throwable cause) {
    // Names in a file may hold anything, and a terminal obeys some of it.
    super((source + ": " + problem).replaceAll("[\\p{Cc}\\u2028\\u2029]+", " "), cause);
  }
}
