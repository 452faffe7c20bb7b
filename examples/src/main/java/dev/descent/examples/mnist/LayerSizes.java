package dev.descent.examples.mnist;

import dev.descent.examples.cli.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/**
 * The sizes of hidden layers, first to last.
 *
 * @param sizes each from 1 to 46,340
 */
record LayerSizes(List<Integer> sizes) {
  /** Two layers of this size have as many weights between them as fit in one array. */
  private static final int LARGEST = (int) Math.sqrt(Integer.MAX_VALUE);

  private static final String NONE = "none";

  LayerSizes(int... sizes) {
    this(Arrays.stream(sizes).boxed().toList());
  }

  /** As the command line takes them: {@code 128,64}, or {@code none}. */
  @Override
  public String toString() {
    return sizes.isEmpty()
        ? NONE
        : sizes.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  /** Reads {@code 128,64}, or {@code none}. */
  static final class Converter implements ITypeConverter<LayerSizes> {
    @Override
    public LayerSizes convert(String text) {
      if (text.equals(NONE)) {
        return new LayerSizes();
      }
      return new LayerSizes(Arrays.stream(text.split(",", -1)).map(Converter::size).toList());
    }

    private static int size(String text) {
      try {
        int size = Integer.parseInt(text.strip());
        if (size >= 1 && size <= LARGEST) {
          return size;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a size that is not allowed.
      }
      throw new Numbers.Expected(
          "whole numbers from 1 to %d, such as 128,64, or %s".formatted(LARGEST, NONE));
    }
  }
}
