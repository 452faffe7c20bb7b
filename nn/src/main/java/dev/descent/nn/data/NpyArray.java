package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The content of a {@code .npy} file, the format in which NumPy saves an array.
 *
 * <pre>
 * bytes     meaning
 * 6         0x93, then NUMPY
 * 2         the version: 1 to 3, then 0
 * 2 or 4    the length of the header, least significant byte first; 4 from version 2 on
 * the       {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), } as text of Python, with
 * header    spaces and a line feed at its end
 * the rest  the elements, in the order and byte order that the header says
 * </pre>
 *
 * <p>Source: NumPy Enhancement Proposal 1. Arrays of booleans, whole numbers and floats of 16 to 64
 * bits can be read, in either byte order; column by column, too, which are then put row by row.
 * Immutable.
 */
public final class NpyArray extends NumberArray {
  /** Takes ownership of the bytes. */
  NpyArray(String source, ElementType type, Shape shape, ByteBuffer data) {
    super(source, type, shape, data);
  }

  /**
   * An array with these values.
   *
   * @param type the element type; not BFLOAT16, which NumPy has not
   * @param values the elements, row by row
   * @throws IllegalArgumentException if the count does not fit the shape, or a value is not one
   *     that the type can hold exactly
   */
  public static NpyArray of(ElementType type, Shape shape, double... values) {
    if (type == ElementType.BFLOAT16) {
      throw new IllegalArgumentException("NumPy has no " + type + "; expected another type");
    }
    ByteBuffer data = allocate(Math.multiplyExact(shape.size(), type.bytes()));
    encode(type.toString(), type, shape, data, values);
    return new NpyArray(type + " " + shape, type, shape, data);
  }

  /** An array of float32 with a tensor's elements, copied. */
  public static NpyArray of(Tensor tensor) {
    ByteBuffer data = allocate(Math.multiplyExact(tensor.size(), Float.BYTES));
    data.asFloatBuffer().put(tensor.array(), tensor.offset(), tensor.size());
    String source = ElementType.FLOAT32 + " " + tensor.shape();
    return new NpyArray(source, ElementType.FLOAT32, tensor.shape(), data);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a file.
   *
   * @throws DataException if the file is missing, cannot be read, is truncated, goes on after its
   *     end, is not of this format, or has elements of another kind
   */
  public static NpyArray read(Path file) {
    return Source.read(file, "a .npy file", NpyArray::read);
  }

  /**
   * Reads a stream to its end and closes it. Memory grows with the data that arrive, never with
   * what the header claims.
   *
   * @param source names the data in error messages
   * @throws DataException as {@link #read(Path)}
   */
  public static NpyArray read(String source, InputStream in) {
    try (in) {
      return new NpyReader(source, in).read();
    } catch (IOException e) {
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes this array to a file that need not exist, byte for byte as NumPy would.
   *
   * @throws DataException if the file cannot be written
   */
  public void write(Path file) {
    try {
      Files.write(file, toBytes());
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be written: " + e.getMessage(), e);
    }
  }

  /** This array as the bytes of a file. */
  public byte[] toBytes() {
    String lengths =
        Arrays.stream(shape().toArray())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(
                NpyReader.descr(elementType(), data().order()),
                shape().rank() == 1 ? lengths + "," : lengths);
    // As NumPy does, so that the elements start at a multiple of 64.
    int start = Math.ceilDiv(10 + header.length() + 1, 64) * 64;
    byte[] text =
        (header + " ".repeat(start - 10 - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    return allocate(start + data().capacity())
        .put(NpyReader.magic())
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .put(data().array())
        .array();
  }

  @Override
  String typeName() {
    return elementType().toString();
  }
}
