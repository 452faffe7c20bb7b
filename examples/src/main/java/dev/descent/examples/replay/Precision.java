package dev.descent.examples.replay;

import dev.descent.examples.cli.Numbers;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** What a case is computed with. */
enum Precision {
  /** The rule's specification. */
  DOUBLE(Double.MAX_VALUE),

  /** The rule's float32 kernel. */
  FLOAT(Float.MAX_VALUE);

  private final double largest;

  Precision(double largest) {
    this.largest = largest;
  }

  /** The largest number there is. */
  double largest() {
    return largest;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static final class Converter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      return switch (text) {
        case "double" -> DOUBLE;
        case "float" -> FLOAT;
        default -> throw new Numbers.Expected("double or float");
      };
    }
  }
}
