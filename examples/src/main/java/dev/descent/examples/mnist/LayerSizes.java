package dev.descent.examples.mnist;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The sizes of hidden layers, first to last.
 *
 * @param sizes each at least 1
 */
record LayerSizes(List<Integer> sizes) {
  /** Reads {@code 128,64}, or {@code none}. */
  static final class Converter implements ITypeConverter<LayerSizes> {
    @Override
    public LayerSizes convert(String text) {
      if (text.equals("none")) {
        return new LayerSizes(List.of());
      }
      return new LayerSizes(Arrays.stream(text.split(",", -1)).map(Converter::size).toList());
    }

    private static int size(String text) {
      try {
        int size = Integer.parseInt(text.strip());
        if (size >= 1) {
          return size;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a size that is not positive.
      }
      throw new TypeConversionException(
          "'" + text + "' is no layer size; expected whole numbers >= 1 such as 128,64, or none");
    }
  }
}
