package dev.descent.optim.setting;

import java.util.List;

/** Checks of settings; each says in one line what is wrong and what is expected. */
public final class Check {
  private Check() {}

  /** A learning rate, an epsilon or a factor: zero or more, and finite. */
  public static void notNegative(String name, double value) {
    check(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "a finite number >= 0");
  }

  /** Something to divide by or to raise to: more than zero, and finite. */
  public static void positive(String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "a finite number > 0");
  }

  /** A weight of what was, such as a decay: {@code 0 <= value < 1}. */
  public static void belowOne(String name, double value) {
    check(value >= 0 && value < 1, name, value, "0 <= " + name + " < 1");
  }

  /** A share: {@code 0 <= value <= 1}. */
  public static void share(String name, double value) {
    check(value >= 0 && value <= 1, name, value, "0 <= " + name + " <= 1");
  }

  /** Something between, and neither end: {@code 0 < value < 1}. */
  public static void inside(String name, double value) {
    check(value > 0 && value < 1, name, value, "0 < " + name + " < 1");
  }

  /** An exponent of something that falls: a finite number that is not above a limit. */
  public static void notAbove(String name, double value, double limit) {
    check(
        value <= limit && value > Double.NEGATIVE_INFINITY,
        name,
        value,
        "a finite number <= " + limit);
  }

  /** A learning rate that is not above another one. */
  public static void atMost(String name, double value, String limitName, double limit) {
    notNegative(name, value);
    check(value <= limit, name, value, name + " <= " + limitName + ", which is " + limit);
  }

  /** A number of steps to divide by: 1 or more. */
  public static void steps(String name, long value) {
    check(value >= 1, name, value, "a whole number >= 1");
  }

  /** A number of steps that may be none. */
  public static void stepsOrNone(String name, long value) {
    check(value >= 0, name, value, "a whole number >= 0");
  }

  /** Steps in ascending order, the first at 0 or later. */
  public static void ascending(String name, List<Long> steps) {
    long previous = 0;
    for (long step : steps) {
      check(step >= previous, name, steps, "whole numbers >= 0 in ascending order");
      previous = step;
    }
  }

  /**
   * Anything else.
   *
   * @throws IllegalArgumentException if it does not hold
   */
  public static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; expected " + expected);
    }
  }
}
