package dev.descent.nn.data;

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
  UNSIGNED_BYTE(0x08, ElementType.UINT8),
  /** -128 to 127, code 0x09. */
  BYTE(0x09, ElementType.INT8),
  /** 16-bit signed, code 0x0B. */
  SHORT(0x0b, ElementType.INT16),
  /** 32-bit signed, code 0x0C. */
  INT(0x0c, ElementType.INT32),
  /** 32-bit IEEE 754, code 0x0D. */
  FLOAT(0x0d, ElementType.FLOAT32),
  /** 64-bit IEEE 754, code 0x0E. */
  DOUBLE(0x0e, ElementType.FLOAT64);

  private final int code;
  private final ElementType elementType;

  IdxType(int code, ElementType elementType) {
    this.code = code;
    this.elementType = elementType;
  }

  /** The third byte of the magic number. */
  public int code() {
    return code;
  }

  /** What it is called elsewhere. */
  public ElementType elementType() {
    return elementType;
  }

  /** How many bytes one element takes. */
  public int bytes() {
    return elementType.bytes();
  }

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
