package dev.descent.nn.data;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Arrays by name in a {@code .npz} file: {@code .npy} files in a zip file, as NumPy saves them. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** The earliest time that a zip file can say. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads all arrays of a file.
   *
   * @throws DataException if the file is missing, cannot be read, or holds anything else than
   *     arrays with names of their own
   */
  public static SequencedMap<String, NpyArray> read(Path file) {
    return Source.read(file, "a .npz file", Npz::read);
  }

  /**
   * Reads all arrays of a stream. Memory grows with the data that arrive, never with what headers
   * claim.
   *
   * @param source names the data in error messages
   * @throws DataException as {@link #read(Path)}
   */
  public static SequencedMap<String, NpyArray> read(String source, InputStream in) {
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = name(source, entry.getName());
        if (arrays.put(name, NpyArray.read(source + ", " + name, new Unclosed(zip))) != null) {
          throw new DataException(source, "holds two arrays " + name + "; expected one");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(source, "is damaged: " + e.getMessage(), e);
    }
    if (arrays.isEmpty()) {
      throw new DataException(source, "holds no arrays; expected a .npz file");
    }
    return arrays;
  }

  private static String name(String source, String entry) {
    if (!entry.endsWith(SUFFIX)) {
      throw new DataException(source, "holds a file " + entry + "; expected .npy files only");
    }
    return entry.substring(0, entry.length() - SUFFIX.length());
  }

  /** One array ends, the file does not. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  /**
   * Writes arrays to a file that need not exist, compressed. The same arrays give the same bytes.
   *
   * @throws DataException if the file cannot be written
   */
  public static void write(Path file, Map<String, NpyArray> arrays) {
    try {
      Files.write(file, toBytes(arrays));
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be written: " + e.getMessage(), e);
    }
  }

  private static byte[] toBytes(Map<String, NpyArray> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(array.getValue().toBytes());
      }
    }
    return bytes.toByteArray();
  }
}
