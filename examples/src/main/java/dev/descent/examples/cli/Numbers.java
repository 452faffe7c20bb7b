package dev.descent.examples.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converters for the numbers of the command line. Where picocli would name a Java type they say
 * what is expected; the command line adds the option and the value.
 */
public final class Numbers {
  private Numbers() {}

  /** A value that an option does not take; the message is what it does take. */
  public static final class Expected extends TypeConversionException {
    private static final long serialVersionUID = 1L;

    /** What is expected, such as {@code a number}. */
    public Expected(String what) {
      super(what);
    }
  }

  /**
   * Reads a number.
   *
   * @param parse fails with a NumberFormatException
   * @param expected how the allowed numbers are described
   * @throws Expected if the text is no number or not an allowed one
   */
  public static <T> T read(
      String text, Function<String, T> parse, Predicate<T> allowed, String expected) {
    try {
      T number = parse.apply(text);
      if (allowed.test(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // A word and a number that is not allowed are the same mistake.
    }
    throw new Expected(expected);
  }

  /**
   * Reads finite numbers with commas between them.
   *
   * @throws Expected if it is something else
   */
  public static double[] finite(String text) {
    double[] numbers = new double[text.split(",", -1).length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          read(
              text.split(",", -1)[i],
              Double::valueOf,
              Double::isFinite,
              "finite numbers with commas between them, such as 0.1,-0.2,0");
    }
    return numbers;
  }

  /** A number without the zeros that Java adds: {@code 1}, {@code 1e-8}. */
  public static String shortly(Object number) {
    return number.toString().replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
  }

  /** A number with five digits that matter, in 11 characters at most. */
  public static String fiveDigits(double number) {
    if (number == 0 || !Double.isFinite(number)) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(5)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= -4 && exponent < 6
        ? rounded.toPlainString()
        : rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /** Zero or more. */
  public static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(text, Double::valueOf, x -> x >= 0 && Double.isFinite(x), "a finite number >= 0");
    }
  }

  /** More than zero. */
  public static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(text, Double::valueOf, x -> x > 0 && Double.isFinite(x), "a finite number > 0");
    }
  }

  /** A count: 1, 2, 3 ... */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return read(
          text, Integer::valueOf, n -> n >= 1, "a whole number from 1 to " + Integer.MAX_VALUE);
    }
  }

  /** Any whole number of 64 bits. */
  public static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return read(text, Long::valueOf, _ -> true, "a whole number of at most 64 bits");
    }
  }

  /** A share of a whole: {@code 0 <= p <= 1}. */
  public static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(text, Double::valueOf, p -> p >= 0 && p <= 1, "a number from 0 to 1");
    }
  }

  /** A share that leaves something: {@code 0 <= p < 1}. */
  public static final class BelowOne implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(text, Double::valueOf, p -> p >= 0 && p < 1, "a number from 0 to less than 1");
    }
  }
}
