package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Collects tensors by name and writes them as a safetensors file, byte for byte as the Python
 * library does: wide types first, then by name. The same content gives the same bytes.
 *
 * <p>Tensors are not copied until they are written.
 */
public final class SafeTensorsWriter {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Map<String, Content> contents = new LinkedHashMap<>();
  private final SequencedMap<String, String> metadata = new TreeMap<>();

  /** What a tensor holds, in the type that it has in the file. */
  private record Content(ElementType type, Shape shape, Elements elements) {}

  /** Appends one element after the other to a buffer that has room for them. */
  @FunctionalInterface
  private interface Elements {
    void put(ByteBuffer to, int from, int count);
  }

  /** A file without tensors. */
  public SafeTensorsWriter() {}

  /**
   * Adds a tensor of float32.
   *
   * @throws IllegalArgumentException if there is one of this name, or none can have it
   */
  public void put(String name, Tensor tensor) {
    put(
        name,
        new Content(
            ElementType.FLOAT32,
            tensor.shape(),
            (to, from, count) -> {
              to.asFloatBuffer().put(tensor.array(), tensor.offset() + from, count);
              to.position(to.position() + count * Float.BYTES);
            }));
  }

  /** Adds all, each with a prefix before its name. */
  public void putAll(String prefix, Map<String, ? extends Tensor> tensors) {
    tensors.forEach((name, tensor) -> put(prefix + name, tensor));
  }

  /**
   * Adds a tensor of int64.
   *
   * @param values as many as the shape has elements, row by row
   * @throws IllegalArgumentException as for a tensor
   */
  public void put(String name, Shape shape, long... values) {
    checkLength(name, shape, values.length);
    put(
        name,
        new Content(
            ElementType.INT64,
            shape,
            (to, from, count) -> {
              for (int i = from; i < from + count; i++) {
                to.putLong(values[i]);
              }
            }));
  }

  /**
   * Adds a tensor of float64.
   *
   * @param values as many as the shape has elements, row by row
   * @throws IllegalArgumentException as for a tensor
   */
  public void put(String name, Shape shape, double... values) {
    checkLength(name, shape, values.length);
    put(
        name,
        new Content(
            ElementType.FLOAT64,
            shape,
            (to, from, count) -> {
              for (int i = from; i < from + count; i++) {
                to.putDouble(values[i]);
              }
            }));
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public void putMetadata(String name, String text) {
    encode(text);
    if (metadata.put(name, text) != null) {
      throw new IllegalArgumentException("metadata " + name + " is there twice; expected once");
    }
  }

  private static void checkLength(String name, Shape shape, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "%s of shape %s has %d values; expected %d".formatted(name, shape, length, shape.size()));
    }
  }

  private void put(String name, Content content) {
    encode(name);
    if (name.equals(Header.METADATA)) {
      throw new IllegalArgumentException("a tensor's name is " + name + "; expected another one");
    }
    if (contents.put(name, content) != null) {
      throw new IllegalArgumentException("tensor " + name + " is there twice; expected once");
    }
  }

  /**
   * Writes the file, as a whole or not at all: see {@link AtomicFile}.
   *
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, this::write);
  }

  /** The file as bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private void write(WritableByteChannel out) throws IOException {
    List<Map.Entry<String, Content>> ordered = ordered();
    byte[] json = encode(header(ordered).toJson());
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, 8) * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    writeAll(out, length.putLong(padded.length).flip());
    writeAll(out, ByteBuffer.wrap(padded));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, Content> each : ordered) {
      write(out, each.getValue(), buffer);
    }
  }

  private List<Map.Entry<String, Content>> ordered() {
    Comparator<Map.Entry<String, Content>> widest =
        Comparator.comparingInt(each -> -Header.rank(each.getValue().type()));
    return contents.entrySet().stream()
        .sorted(widest.thenComparing(each -> encode(each.getKey()), Arrays::compareUnsigned))
        .toList();
  }

  private Header header(List<Map.Entry<String, Content>> ordered) {
    SequencedMap<String, Header.Entry> entries = new LinkedHashMap<>();
    long position = 0;
    for (Map.Entry<String, Content> each : ordered) {
      Content content = each.getValue();
      long end = position + (long) content.shape.size() * content.type.bytes();
      entries.put(each.getKey(), new Header.Entry(content.type, content.shape, position, end));
      position = end;
    }
    return new Header(entries, metadata);
  }

  private static void write(WritableByteChannel out, Content content, ByteBuffer buffer)
      throws IOException {
    int room = buffer.capacity() / content.type.bytes();
    for (int from = 0; from < content.shape.size(); from += room) {
      content.elements.put(buffer.clear(), from, Math.min(room, content.shape.size() - from));
      writeAll(out, buffer.flip());
    }
  }

  private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static byte[] encode(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the text " + text + " holds half a character; expected Unicode", e);
    }
  }
}
