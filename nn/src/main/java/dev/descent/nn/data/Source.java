package dev.descent.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files, and says what is wrong where they cannot be. */
final class Source {
  private Source() {}

  /** What reads a stream to its end, and names it in error messages. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String source, InputStream in);
  }

  /**
   * Reads a file.
   *
   * @param expected what it should be: {@code an IDX file}
   * @throws DataException if it is missing, or cannot be read
   */
  static <T> T read(Path file, String expected, Reader<T> reader) {
    if (Files.isDirectory(file)) {
      throw new DataException(file.toString(), "is a directory; expected " + expected);
    }
    if (Files.notExists(file)) {
      throw new DataException(file.toString(), "no such file; expected " + expected);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return reader.read(file.toString(), in);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }
}
