package dev.descent.optim;

/**
 * A number that a rule keeps for each coordinate from one step to the next, such as Adam's first
 * moment; or for each row, or each column. Slots are known by their names: two slots of one rule
 * have different names.
 *
 * @param name as in the rule's formula: {@code "m"}
 * @param extent what there is a number for; {@link UpdateRule#common} numbers are single numbers,
 *     whatever is said here
 * @param initialValue the value before the first step; finite
 * @param description what the number is, in a few words
 */
public record Slot(String name, Extent extent, double initialValue, String description) {
  /**
   * Checks the name and the initial value.
   *
   * @throws IllegalArgumentException if the name is blank or the initial value is not finite
   */
  public Slot {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a slot's name is blank; expected a letter or a word");
    }
    if (!Double.isFinite(initialValue)) {
      throw new IllegalArgumentException(
          "slot " + name + " starts at " + initialValue + "; expected a finite number");
    }
  }

  /** A slot with a number for each coordinate. */
  public Slot(String name, double initialValue, String description) {
    this(name, Extent.COORDINATES, initialValue, description);
  }

  /** A slot that starts at zero. */
  public static Slot zero(String name, String description) {
    return new Slot(name, 0, description);
  }

  /** A slot that starts at zero, with a number for each row, each column or each pair of them. */
  public static Slot zero(String name, Extent extent, String description) {
    return new Slot(name, extent, 0, description);
  }

  /** This slot with another value before the first step. */
  public Slot startingAt(double value) {
    return new Slot(name, extent, value, description);
  }
}
