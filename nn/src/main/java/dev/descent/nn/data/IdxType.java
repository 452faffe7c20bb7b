package dev.descent.nn.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The element types of the IDX format, all of them stored with the most significant byte first. The
 * codes are those of the format's description on the MNIST page (there is no 0x0A).
 */
public enum IdxType {
  /** 0 to 255, code 0x08: what MNIST's four files hold. */
  UNSIGNED_BYTE(0x08, Byte.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.get(offset) & 0xff;
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.put((byte) (int) value);
    }

    // A loop of its own: images are many, and a program waits for them at its start.
    @Override
    void copy(ByteBuffer data, float[] to) {
      byte[] bytes = data.array();
      int start = data.arrayOffset();
      for (int i = 0; i < to.length; i++) {
        to[i] = bytes[start + i] & 0xff;
      }
    }
  },

  /** -128 to 127, code 0x09. */
  BYTE(0x09, Byte.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.get(offset);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.put((byte) value);
    }
  },

  /** 16-bit signed, code 0x0B. */
  SHORT(0x0b, Short.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.getShort(offset);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putShort((short) value);
    }
  },

  /** 32-bit signed, code 0x0C. */
  INT(0x0c, Integer.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.getInt(offset);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putInt((int) value);
    }
  },

  /** 32-bit IEEE 754, code 0x0D. */
  FLOAT(0x0d, Float.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.getFloat(offset);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putFloat((float) value);
    }
  },

  /** 64-bit IEEE 754, code 0x0E. */
  DOUBLE(0x0e, Double.BYTES) {
    @Override
    double get(ByteBuffer data, int offset) {
      return data.getDouble(offset);
    }

    @Override
    void put(ByteBuffer data, double value) {
      data.putDouble(value);
    }
  };

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The third byte of the magic number. */
  public int code() {
    return code;
  }

  /** How many bytes one element takes. */
  public int bytes() {
    return bytes;
  }

  /** The element at a byte offset; exact, as every element of every type is a double. */
  abstract double get(ByteBuffer data, int offset);

  /** All elements, each rounded to float. */
  void copy(ByteBuffer data, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) get(data, i * bytes);
    }
  }

  /** Appends the value, narrowed to this type by Java's casts. */
  abstract void put(ByteBuffer data, double value);

  static Optional<IdxType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** All codes with their names, for error messages. */
  static String known() {
    return Arrays.stream(values())
        .map(type -> "0x%02x (%s)".formatted(type.code, type))
        .collect(Collectors.joining(", "));
  }

  /** The name in words: {@code unsigned byte}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
