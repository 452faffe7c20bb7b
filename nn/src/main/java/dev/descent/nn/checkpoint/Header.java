package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a safetensors file says about its bytes.
 *
 * @param entries where each tensor is, by name, in the order of the file's data
 * @param metadata texts by name
 */
record Header(SequencedMap<String, Entry> entries, SequencedMap<String, String> metadata) {
  /** The name under which the metadata are, so that no tensor can have it. */
  static final String METADATA = "__metadata__";

  /** More axes than any library has. */
  private static final int MOST_AXES = 64;

  /** The name in the file of each element type; the order is that of the Python library's enum. */
  private static final SequencedMap<ElementType, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(ElementType.BOOLEAN, "BOOL");
    NAMES.put(ElementType.UINT8, "U8");
    NAMES.put(ElementType.INT8, "I8");
    NAMES.put(ElementType.INT16, "I16");
    NAMES.put(ElementType.UINT16, "U16");
    NAMES.put(ElementType.FLOAT16, "F16");
    NAMES.put(ElementType.BFLOAT16, "BF16");
    NAMES.put(ElementType.INT32, "I32");
    NAMES.put(ElementType.UINT32, "U32");
    NAMES.put(ElementType.FLOAT32, "F32");
    NAMES.put(ElementType.FLOAT64, "F64");
    NAMES.put(ElementType.INT64, "I64");
    NAMES.put(ElementType.UINT64, "U64");
  }

  /** A type as the file names it. */
  static String name(ElementType type) {
    return NAMES.getOrDefault(type, type.toString());
  }

  /**
   * Where a type is in the order in which the Python library writes tensors: the last ones first.
   */
  static int rank(ElementType type) {
    return List.copyOf(NAMES.keySet()).indexOf(type);
  }

  /**
   * Where a tensor is and what it holds.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Entry(ElementType type, Shape shape, long begin, long end) {}

  /**
   * Reads a header and checks it against the length of what follows it.
   *
   * @param source names the file in error messages
   * @param json the header
   * @param dataLength how many bytes follow it
   * @throws DataException if it is not JSON of the format, or does not describe each of the bytes
   *     once
   */
  static Header read(String source, String json, long dataLength) {
    JsonText text = new JsonText(source, json);
    Map<String, Entry> entries = new LinkedHashMap<>();
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    boolean hasMetadata = false;
    text.expect('{');
    if (!text.accept('}')) {
      do {
        String name = text.string();
        text.expect(':');
        boolean isNew;
        if (name.equals(METADATA)) {
          isNew = !hasMetadata;
          hasMetadata = true;
          readMetadata(text, metadata);
        } else {
          isNew = entries.put(name, readEntry(text, name)) == null;
        }
        if (!isNew) {
          throw text.problem("names " + name + " twice, the second time", "each name once");
        }
      } while (text.accept(','));
      text.expect('}');
    }
    text.expectEnd();
    return new Header(inOrder(source, entries, dataLength), metadata);
  }

  private static void readMetadata(JsonText text, Map<String, String> metadata) {
    text.expect('{');
    if (text.accept('}')) {
      return;
    }
    do {
      String key = text.string();
      text.expect(':');
      if (metadata.put(key, text.string()) != null) {
        throw text.problem(
            "names " + key + " twice in its metadata, the second time", "each name once");
      }
    } while (text.accept(','));
    text.expect('}');
  }

  private static Entry readEntry(JsonText text, String name) {
    ElementType type = null;
    Shape shape = null;
    long[] offsets = null;
    text.expect('{');
    do {
      String key = text.string();
      text.expect(':');
      switch (key) {
        case "dtype" -> type = once(text, name, key, type, readType(text, name));
        case "shape" -> shape = once(text, name, key, shape, readShape(text, name));
        case "data_offsets" -> offsets = once(text, name, key, offsets, readOffsets(text));
        default ->
            throw text.problem(
                "says %s of %s,".formatted(key, name), "dtype, shape and data_offsets");
      }
    } while (text.accept(','));
    text.expect('}');
    if (type == null || shape == null || offsets == null) {
      throw text.problem(
          "leaves out a part of " + name + ", which ends", "dtype, shape and data_offsets");
    }
    long bytes = (long) shape.size() * type.bytes();
    if (offsets[0] > offsets[1] || offsets[1] - offsets[0] != bytes) {
      throw text.problem(
          "gives %s %s the bytes from %d to %d,"
              .formatted(name(type), shape, offsets[0], offsets[1]),
          "%d of them, for %s".formatted(bytes, name));
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  private static <T> T once(JsonText text, String name, String key, @Nullable T before, T now) {
    if (before != null) {
      throw text.problem("says %s of %s twice, the second time".formatted(key, name), "it once");
    }
    return now;
  }

  private static ElementType readType(JsonText text, String name) {
    String dtype = text.string();
    for (Map.Entry<ElementType, String> known : NAMES.entrySet()) {
      if (known.getValue().equals(dtype)) {
        return known.getKey();
      }
    }
    throw text.problem(
        "says that %s holds %s".formatted(name, dtype),
        "one of " + String.join(", ", NAMES.values()));
  }

  private static Shape readShape(JsonText text, String name) {
    int[] lengths = new int[MOST_AXES];
    int rank = 0;
    text.expect('[');
    if (!text.accept(']')) {
      do {
        long length = text.wholeNumber();
        if (length > Integer.MAX_VALUE || rank == MOST_AXES) {
          throw text.problem(
              "gives %s an axis of %d, its number %d,".formatted(name, length, rank + 1),
              "at most %d axes of at most %d".formatted(MOST_AXES, Integer.MAX_VALUE));
        }
        lengths[rank++] = (int) length;
      } while (text.accept(','));
      text.expect(']');
    }
    try {
      return Shape.of(Arrays.copyOf(lengths, rank));
    } catch (IllegalArgumentException e) {
      throw text.problem("gives " + name + " a " + e.getMessage() + ",", "fewer elements");
    }
  }

  private static long[] readOffsets(JsonText text) {
    text.expect('[');
    long begin = text.wholeNumber();
    text.expect(',');
    long end = text.wholeNumber();
    text.expect(']');
    return new long[] {begin, end};
  }

  /** Checks that each byte belongs to one tensor: there is neither overlap nor hole nor rest. */
  private static SequencedMap<String, Entry> inOrder(
      String source, Map<String, Entry> entries, long dataLength) {
    List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
    byPlace.sort(
        Map.Entry.comparingByValue(
            Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)));
    SequencedMap<String, Entry> ordered = new LinkedHashMap<>();
    long position = 0;
    String before = "the header";
    for (Map.Entry<String, Entry> each : byPlace) {
      if (each.getValue().begin() != position) {
        throw new DataException(
            source,
            "%s begins at byte %d of the data; expected %d, where %s ends"
                .formatted(each.getKey(), each.getValue().begin(), position, before));
      }
      position = each.getValue().end();
      before = each.getKey();
      ordered.put(each.getKey(), each.getValue());
    }
    if (position != dataLength) {
      throw new DataException(
          source,
          "%d bytes of data; expected %d, where %s ends".formatted(dataLength, position, before));
    }
    return Collections.unmodifiableSequencedMap(ordered);
  }

  /** This header as JSON, as the Python library writes it: without spaces. */
  String toJson() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      JsonText.quote(METADATA, json);
      json.append(":{");
      metadata.forEach((key, value) -> {
        separate(json);
        JsonText.quote(key, json);
        json.append(':');
        JsonText.quote(value, json);
      });
      json.append('}');
    }
    entries.forEach((name, entry) -> {
      separate(json);
      JsonText.quote(name, json);
      json.append(":{\"dtype\":\"%s\",\"shape\":".formatted(name(entry.type)))
          .append(entry.shape.toString().replace(" ", ""))
          .append(",\"data_offsets\":[%d,%d]}".formatted(entry.begin, entry.end));
    });
    return json.append('}').toString();
  }

  private static void separate(StringBuilder json) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
  }
}
