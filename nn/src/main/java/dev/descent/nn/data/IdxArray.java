package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The content of an IDX file, the format MNIST is published in: numbers of one type in a row-major
 * array of one or more dimensions.
 *
 * <pre>
 * bytes     meaning
 * 2         zero
 * 1         element type ({@link IdxType})
 * 1         number of dimensions, 1 to 255
 * 4 each    length of each dimension, outermost first
 * the rest  the elements, row by row; every number has its most significant byte first
 * </pre>
 *
 * <p>Source: the section "The IDX file format" of LeCun, Cortes and Burges' MNIST page. Immutable.
 */
public final class IdxArray extends NumberArray {
  private final IdxType type;

  /** Takes ownership of the bytes, which the callers have measured. */
  IdxArray(String source, IdxType type, Shape shape, byte[] data) {
    super(source, type.elementType(), shape, ByteBuffer.wrap(data));
    this.type = type;
  }

  /**
   * An array with these values.
   *
   * @param type the element type
   * @param shape one or more dimensions
   * @param values the elements, row by row
   * @throws IllegalArgumentException if the count does not fit the shape, the shape has no or more
   *     than 255 dimensions, or a value is not one that the type can hold exactly
   */
  public static IdxArray of(IdxType type, Shape shape, double... values) {
    String source = type + " " + shape;
    if (shape.rank() < 1 || shape.rank() > 255) {
      throw new IllegalArgumentException(
          source + " has " + shape.rank() + " dimensions; expected 1 to 255");
    }
    ElementType element = type.elementType();
    ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(shape.size(), element.bytes()));
    encode(type.toString(), element, shape, data, values);
    return new IdxArray(source, type, shape, data.array());
  }

  /**
   * Reads a file, plain or compressed with gzip; its first bytes tell which, not its name.
   *
   * @throws DataException if the file is missing, cannot be read, is truncated, goes on after its
   *     end, or is not an IDX file
   */
  public static IdxArray read(Path file) {
    return Source.read(file, "an IDX file", IdxArray::read);
  }

  /**
   * Reads a stream, plain or compressed with gzip, to its end and closes it. Memory grows with the
   * data that arrive, never with what the header claims.
   *
   * @param source names the data in error messages, like a file name
   * @throws DataException as {@link #read(Path)}
   */
  public static IdxArray read(String source, InputStream in) {
    return new IdxReader(source).read(in);
  }

  /**
   * Writes this array to a file that need not exist, compressed with gzip when its name ends in
   * {@code .gz}.
   *
   * @throws DataException if the file cannot be written
   */
  public void write(Path file) {
    byte[] bytes = file.toString().endsWith(".gz") ? toGzip() : toBytes();
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be written: " + e.getMessage(), e);
    }
  }

  /** This array as the bytes of a plain IDX file. */
  public byte[] toBytes() {
    ByteBuffer file = ByteBuffer.allocate(Integer.BYTES * (1 + shape().rank()) + data().capacity());
    file.putInt(type.code() << 8 | shape().rank());
    for (int length : shape().toArray()) {
      file.putInt(length);
    }
    return file.put(data().array()).array();
  }

  /** The same compressed as well as it can be; no time, name or host in it, so always the same. */
  private byte[] toGzip() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream out = new BufferedOutputStream(new BestGzip(file))) {
      out.write(toBytes());
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return file.toByteArray();
  }

  /** The type of the elements. */
  public IdxType type() {
    return type;
  }

  @Override
  String typeName() {
    return type.toString();
  }

  /**
   * The array of the chosen rows: entries along the first dimension, in the order given.
   *
   * @param rows indices from 0 below the first dimension; may repeat
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public IdxArray rows(int... rows) {
    int rowBytes = shape().length(0) == 0 ? 0 : data().capacity() / shape().length(0);
    byte[] chosen = new byte[Math.multiplyExact(rows.length, rowBytes)];
    for (int i = 0; i < rows.length; i++) {
      int row = Objects.checkIndex(rows[i], shape().length(0));
      System.arraycopy(data().array(), row * rowBytes, chosen, i * rowBytes, rowBytes);
    }
    return new IdxArray(source(), type, shape().with(0, rows.length), chosen);
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
