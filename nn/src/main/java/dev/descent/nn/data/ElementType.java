package dev.descent.nn.data;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The types of the numbers in files: of {@link IdxArray}, {@link NpyArray} and safetensors. Numbers
 * of several bytes are read and written in the byte order of the buffer.
 */
public enum ElementType {
  /** A byte that is 0 for false, and anything else for true, which is the number 1. */
  BOOLEAN(Byte.BYTES),
  /** -128 to 127. */
  INT8(Byte.BYTES),
  /** 0 to 255. */
  UINT8(Byte.BYTES),
  /** 16 bits, signed. */
  INT16(Short.BYTES),
  /** 16 bits, unsigned. */
  UINT16(Short.BYTES),
  /** 32 bits, signed. */
  INT32(Integer.BYTES),
  /** 32 bits, unsigned. */
  UINT32(Integer.BYTES),
  /** 64 bits, signed. */
  INT64(Long.BYTES),
  /** 64 bits, unsigned. */
  UINT64(Long.BYTES),
  /** IEEE 754, 16 bits. */
  FLOAT16(Short.BYTES),
  /** The upper half of a FLOAT32. */
  BFLOAT16(Short.BYTES),
  /** IEEE 754, 32 bits: what a tensor holds. */
  FLOAT32(Float.BYTES),
  /** IEEE 754, 64 bits. */
  FLOAT64(Double.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** How many bytes one element takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether every element is a whole number; true and false are 1 and 0. */
  public boolean isWhole() {
    return switch (this) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
      default -> true;
    };
  }

  /** The element at a byte offset, or the double nearest to it; exact except beyond 2^53. */
  public double toDouble(ByteBuffer data, int offset) {
    return switch (this) {
      case FLOAT64 -> data.getDouble(offset);
      case UINT64 -> unsignedToDouble(data.getLong(offset));
      case FLOAT16, BFLOAT16, FLOAT32 -> toFloat(data, offset);
      default -> toLong(data, offset);
    };
  }

  /** The float nearest to the element at a byte offset. */
  public float toFloat(ByteBuffer data, int offset) {
    return switch (this) {
      case FLOAT16 -> Float.float16ToFloat(data.getShort(offset));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(offset) << Short.SIZE);
      case FLOAT32 -> data.getFloat(offset);
      case FLOAT64 -> (float) data.getDouble(offset);
      case UINT64 -> unsignedToFloat(data.getLong(offset));
      default -> toLong(data, offset);
    };
  }

  /**
   * The element at a byte offset; an unsigned one of 64 bits as the signed one with the same bits.
   *
   * @throws IllegalStateException unless the type {@link #isWhole}
   */
  public long toLong(ByteBuffer data, int offset) {
    return switch (this) {
      case BOOLEAN -> data.get(offset) == 0 ? 0 : 1;
      case INT8 -> data.get(offset);
      case UINT8 -> Byte.toUnsignedLong(data.get(offset));
      case INT16 -> data.getShort(offset);
      case UINT16 -> Short.toUnsignedLong(data.getShort(offset));
      case INT32 -> data.getInt(offset);
      case UINT32 -> Integer.toUnsignedLong(data.getInt(offset));
      case INT64, UINT64 -> data.getLong(offset);
      default -> throw new IllegalStateException(this + " is no type of whole numbers");
    };
  }

  /** All elements from the buffer's first byte on, each the float nearest to it. */
  public void copy(ByteBuffer data, float[] to, int start, int count) {
    if (this == FLOAT32) {
      data.asFloatBuffer().get(to, start, count);
      return;
    }
    if (this == UINT8) {
      // A loop of its own: images are many, and a program waits for them at its start.
      for (int i = 0; i < count; i++) {
        to[start + i] = data.get(i) & 0xff;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      to[start + i] = toFloat(data, i * bytes);
    }
  }

  /** Appends the value, narrowed to this type by casts. */
  public void put(ByteBuffer data, double value) {
    switch (this) {
      case BOOLEAN -> data.put((byte) (value == 0 ? 0 : 1));
      case INT8, UINT8 -> data.put((byte) (int) value);
      case INT16, UINT16 -> data.putShort((short) (int) value);
      case INT32 -> data.putInt((int) value);
      case UINT32 -> data.putInt((int) (long) value);
      case INT64 -> data.putLong((long) value);
      case UINT64 -> data.putLong(doubleToUnsigned(value));
      case FLOAT16 -> data.putShort(Float.floatToFloat16((float) value));
      case BFLOAT16 ->
          data.putShort((short) (Float.floatToRawIntBits((float) value) >> Short.SIZE));
      case FLOAT32 -> data.putFloat((float) value);
      case FLOAT64 -> data.putDouble(value);
    }
  }

  /** Halved with its last bit kept, so that it rounds as the whole would. */
  private static long half(long value) {
    return value >>> 1 | (value & 1);
  }

  private static double unsignedToDouble(long value) {
    return value >= 0 ? value : 2.0 * half(value);
  }

  private static float unsignedToFloat(long value) {
    return value >= 0 ? value : 2.0f * half(value);
  }

  private static long doubleToUnsigned(double value) {
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
  }

  /** As NumPy names it: {@code uint8}. */
  @Override
  public String toString() {
    return this == BOOLEAN ? "bool" : name().toLowerCase(Locale.ROOT);
  }
}
