package dev.descent.optim;

/**
 * A number that a rule keeps for each coordinate from one step to the next, such as Adam's first
 * moment. Slots are known by their names: two slots of one rule have different names.
 *
 * @param name as in the rule's formula: {@code "m"}
 * @param initialValue the value before the first step; finite
 * @param description what the number is, in a few words
 */
public record Slot(String name, double initialValue, String description) {
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

  /** A slot that starts at zero. */
  public static Slot zero(String name, String description) {
    return new Slot(name, 0, description);
  }

  /** This slot with another value before the first step. */
  public Slot startingAt(double value) {
    return new Slot(name, value, description);
  }
}
