package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.ElementType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Reads a safetensors file: tensors by name, and metadata. Nothing in it is trusted. The header is
 * checked as a whole when the file is opened, against the bytes that there are; a tensor is copied
 * when it is asked for.
 *
 * <pre>
 * bytes     meaning
 * 8         N, the length of the header, least significant byte first
 * N         JSON: {"name": {"dtype": "F32", "shape": [10, 784], "data_offsets": [0, 31360]}, ...}
 *           with texts under "__metadata__", padded with spaces
 * the rest  the elements, row by row, least significant byte first, without holes
 * </pre>
 *
 * <p>Source: the section "Format" of the safetensors library's README. For the thread that opened
 * it.
 */
public final class SafeTensorsReader implements AutoCloseable {
  /** The longest header that the Python library reads. */
  private static final int LONGEST_HEADER = 100_000_000;

  /** How many elements are converted at a time; a buffer has at most 2^31 bytes. */
  private static final int CHUNK = 1 << 20;

  private static final ValueLayout.OfLong LITTLE_ENDIAN_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String source;
  private final Arena arena;
  private final Header header;
  private final MemorySegment data;

  private SafeTensorsReader(String source, Arena arena, MemorySegment file) {
    this.source = source;
    this.arena = arena;
    if (file.byteSize() < Long.BYTES) {
      throw new DataException(
          source, file.byteSize() + " bytes; expected a safetensors file, which has 8 or more");
    }
    long length = file.get(LITTLE_ENDIAN_LONG, 0);
    long most = Math.min(file.byteSize() - Long.BYTES, LONGEST_HEADER);
    if (length < 0 || length > most) {
      throw new DataException(
          source,
          "a header of %s bytes; expected a safetensors file, here with one of at most %d"
              .formatted(Long.toUnsignedString(length), most));
    }
    data = file.asSlice(Long.BYTES + length);
    header = Header.read(source, text(file.asSlice(Long.BYTES, length)), data.byteSize());
  }

  private String text(MemorySegment bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          source,
          "the header is no UTF-8 (" + e.getMessage() + "); expected a safetensors file",
          e);
    }
  }

  /**
   * Opens a file and checks its header. To be closed, as some systems do not let an open file be
   * replaced.
   *
   * @throws DataException if the file is missing, cannot be read, or is not of this format
   */
  public static SafeTensorsReader open(Path file) {
    String source = file.toString();
    if (Files.notExists(file)) {
      throw new DataException(source, "no such file; expected a safetensors file");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(source, "is no regular file; expected a safetensors file");
    }
    Arena arena = Arena.ofConfined();
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new SafeTensorsReader(source, arena, all);
    } catch (IOException e) {
      arena.close();
      throw new DataException(source, "cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Reads a file that is in memory.
   *
   * @param source names it in error messages
   * @throws DataException as {@link #open}
   */
  public static SafeTensorsReader of(String source, byte... file) {
    return new SafeTensorsReader(source, Arena.ofConfined(), MemorySegment.ofArray(file));
  }

  /** The file, as error messages name it. */
  public String source() {
    return source;
  }

  /** The names of the tensors, in the order of their data. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** Texts by name. */
  public SequencedMap<String, String> metadata() {
    return Collections.unmodifiableSequencedMap(header.metadata());
  }

  /** The type of a tensor's elements; {@link #typeName} is what the file calls it. */
  public ElementType type(String name) {
    return entry(name).type();
  }

  /** The type of a tensor's elements in the letters of the file: {@code F32}. */
  public String typeName(String name) {
    return Header.name(type(name));
  }

  /** The shape of a tensor. */
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /**
   * A copy of a tensor of float32, or of float16 or bfloat16, of which every number is one.
   *
   * @throws DataException if there is none of this name, or it holds something else
   */
  public Tensor tensor(String name) {
    Header.Entry entry = entry(name);
    if (entry.type() != ElementType.FLOAT32
        && entry.type() != ElementType.FLOAT16
        && entry.type() != ElementType.BFLOAT16) {
      throw wrongType(name, "F32, F16 or BF16");
    }
    float[] values = new float[entry.shape().size()];
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      entry.type().copy(bytes(entry, from, count), values, from, count);
    }
    return Tensor.of(entry.shape(), values);
  }

  /**
   * A copy of the elements of a tensor of whole numbers, row by row; of one of U64 those with the
   * same bits.
   *
   * @throws DataException if there is none of this name, or it holds something else
   */
  public long[] longs(String name) {
    Header.Entry entry = entry(name);
    if (!entry.type().isWhole()) {
      throw wrongType(name, "whole numbers");
    }
    long[] values = new long[entry.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type().toLong(bytes(entry, i, 1), 0);
    }
    return values;
  }

  /**
   * A copy of the elements of a tensor of float64, row by row.
   *
   * @throws DataException if there is none of this name, or it holds something else
   */
  public double[] doubles(String name) {
    Header.Entry entry = entry(name);
    if (entry.type() != ElementType.FLOAT64) {
      throw wrongType(name, "F64");
    }
    double[] values = new double[entry.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type().toDouble(bytes(entry, i, 1), 0);
    }
    return values;
  }

  private ByteBuffer bytes(Header.Entry entry, int from, int count) {
    long length = entry.type().bytes();
    return data.asSlice(entry.begin() + from * length, count * length)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private Header.Entry entry(String name) {
    Header.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new DataException(source, "holds no tensor " + name + "; expected one of " + names());
    }
    return entry;
  }

  private DataException wrongType(String name, String expected) {
    return new DataException(
        source, "%s holds %s; expected %s".formatted(name, typeName(name), expected));
  }

  /** Lets go of the file. What has been read stays. */
  @Override
  public void close() {
    arena.close();
  }
}
