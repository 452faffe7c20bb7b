package dev.descent.examples.report;

import java.util.Locale;

/**
 * A named value, for people and for programs.
 *
 * @param name as JSON has it: {@code testAccuracy}
 * @param value a number or a text
 * @param text the value as people read it: {@code 95.50 %}
 */
public record Field(String name, Object value, String text) {
  /** From here on a number is shown by its first digits and a power of ten. */
  private static final double MANY = 1e7;

  /** Something counted. */
  public static Field count(String name, long value) {
    return new Field(name, value, "%,d".formatted(value));
  }

  /** A number with so many digits after the point. */
  public static Field number(String name, double value, int digits) {
    String format = Math.abs(value) < MANY ? "%,." + digits + "f" : "%.3e";
    return new Field(name, value, format.formatted(value));
  }

  /** A part of a whole, 0 to 1. */
  public static Field percent(String name, double value) {
    return new Field(name, value, "%.2f %%".formatted(100 * value));
  }

  /** A time. */
  public static Field seconds(String name, double value) {
    return number(name, value, 2);
  }

  /** A word. */
  public static Field text(String name, String value) {
    return new Field(name, value, value);
  }

  /** The name in words: {@code test accuracy}. */
  String title() {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
