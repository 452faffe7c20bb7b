package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one {@code .npy} stream and trusts nothing in it. */
final class NpyReader {
  /** What NumPy itself is willing to read. */
  private static final int LONGEST_HEADER = 10_000;

  private static final int MOST_AXES = 64;

  /** The longest array that common virtual machines allow. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "(?:'([^']*+)'|(True|False)|\\(([0-9, ]*+)\\))\\s*(?:,\\s*|(?=}))");

  private final String source;
  private final InputStream in;

  NpyReader(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  static byte[] magic() {
    return MAGIC.clone();
  }

  /** A type as NumPy writes it: {@code <f4}. */
  static String descr(ElementType type, ByteOrder order) {
    char kind =
        switch (type) {
          case BOOLEAN -> 'b';
          case INT8, INT16, INT32, INT64 -> 'i';
          case UINT8, UINT16, UINT32, UINT64 -> 'u';
          case FLOAT16, FLOAT32, FLOAT64 -> 'f';
          case BFLOAT16 -> 'V';
        };
    char prefix = type.bytes() == 1 ? '|' : order == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
    return "" + prefix + kind + type.bytes();
  }

  NpyArray read() throws IOException {
    byte[] start = in.readNBytes(8);
    if (!Arrays.equals(start, 0, Math.min(6, start.length), MAGIC, 0, 6)) {
      throw problem("does not start with 0x93 NUMPY; expected a .npy file");
    }
    if (start.length < 8 || start[6] < 1 || start[6] > 3 || start[7] != 0) {
      throw problem(
          start.length < 8
              ? "ends after " + start.length + " bytes; expected a version"
              : "has version %d.%d; expected 1.0, 2.0 or 3.0".formatted(start[6], start[7]));
    }
    return read(readHeader(start[6] == 1 ? Short.BYTES : Integer.BYTES));
  }

  private String readHeader(int lengthBytes) throws IOException {
    byte[] bytes = in.readNBytes(lengthBytes);
    if (bytes.length < lengthBytes) {
      throw problem("ends in the midst of the header's length; expected a .npy file");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(bytes);
    long claimed = length.getLong(0);
    if (claimed > LONGEST_HEADER) {
      throw problem(
          "has a header of %d bytes; expected at most %d".formatted(claimed, LONGEST_HEADER));
    }
    byte[] header = in.readNBytes((int) claimed);
    if (header.length < claimed) {
      throw problem(
          "ends after %d bytes of its header; expected %d".formatted(header.length, claimed));
    }
    return new String(header, StandardCharsets.UTF_8);
  }

  private NpyArray read(String header) throws IOException {
    Map<String, MatchResult> entries = entries(header);
    String descr = value(entries, header, "descr", 2);
    boolean isByColumns = value(entries, header, "fortran_order", 3).equals("True");
    Shape shape = shape(value(entries, header, "shape", 4));
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ElementType type = type(descr, order);
    long bytes = (long) shape.size() * type.bytes();
    if (bytes > LONGEST_ARRAY) {
      throw problem(
          "holds %s %s; expected at most %d bytes of data".formatted(type, shape, LONGEST_ARRAY));
    }
    byte[] data = in.readNBytes((int) bytes);
    long rest = in.transferTo(OutputStream.nullOutputStream());
    if (data.length < bytes || rest > 0) {
      throw problem(
          "holds %d bytes of data; expected %d, for %s %s"
              .formatted(data.length + rest, bytes, type, shape));
    }
    byte[] rows = isByColumns ? byRows(data, type.bytes(), shape) : data;
    return new NpyArray(source, type, shape, ByteBuffer.wrap(rows).order(order));
  }

  private Map<String, MatchResult> entries(String header) {
    String text = header.strip();
    Map<String, MatchResult> entries = new HashMap<>();
    Matcher entry = ENTRY.matcher(text);
    int position = 1;
    while (text.startsWith("{") && entry.find(position) && entry.start() == position) {
      if (entries.put(entry.group(1), entry.toMatchResult()) != null) {
        throw problem("says " + entry.group(1) + " twice; expected it once");
      }
      position = entry.end();
    }
    if (!text.startsWith("{") || !text.substring(position).equals("}")) {
      throw problem(
          "has the header %s; expected one like {'descr': '<f4', 'fortran_order': False, 'shape':"
                  .formatted(shortened(text))
              + " (3, 4), }");
    }
    return entries;
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  private String value(Map<String, MatchResult> entries, String header, String key, int group) {
    MatchResult entry = entries.get(key);
    String value = entry == null ? null : entry.group(group);
    if (value == null) {
      throw problem(
          "has no right %s in its header %s; expected descr, fortran_order and shape"
              .formatted(key, shortened(header.strip())));
    }
    return value;
  }

  private ElementType type(String descr, ByteOrder order) {
    String plain = descr.replaceFirst("^[=|]", "<");
    for (ElementType type : ElementType.values()) {
      if (type != ElementType.BFLOAT16 && descr(type, order).replace('|', '<').equals(plain)) {
        return type;
      }
    }
    throw problem(
        "holds elements of type %s; expected b1, i1 to i8, u1 to u8, or f2 to f8"
            .formatted(shortened(descr)));
  }

  private Shape shape(String text) {
    String[] lengths = text.isBlank() ? new String[0] : text.strip().split(" *, *", -1);
    int rank = lengths.length;
    // A tuple of one has a comma after it, and others may have one.
    if (rank > 1 && lengths[rank - 1].isEmpty()) {
      rank--;
    }
    try {
      int[] axes = new int[Math.min(rank, MOST_AXES + 1)];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = Integer.parseInt(lengths[i]);
      }
      if (rank <= MOST_AXES) {
        return Shape.of(axes);
      }
    } catch (IllegalArgumentException e) {
      // A number that is too large, and a shape that is, are the same mistake.
    }
    throw problem(
        "has the shape (%s); expected at most %d axes, and fewer than 2^31 elements"
            .formatted(shortened(text), MOST_AXES));
  }

  /** Puts elements row by row that are there column by column: the first axis fastest. */
  private static byte[] byRows(byte[] data, int bytes, Shape shape) {
    byte[] rows = new byte[data.length];
    int[] index = new int[shape.rank()];
    for (int from = 0; from < data.length; from += bytes) {
      int to = 0;
      for (int axis = 0; axis < index.length; axis++) {
        to = to * shape.length(axis) + index[axis];
      }
      System.arraycopy(data, from, rows, to * bytes, bytes);
      for (int axis = 0; axis < index.length && ++index[axis] == shape.length(axis); axis++) {
        index[axis] = 0;
      }
    }
    return rows;
  }

  private DataException problem(String problem) {
    return new DataException(source, problem);
  }
}
