package dev.descent.optim;

import dev.descent.core.kernel.Machine;

/**
 * Applies one step of a rule to a range of a parameter. Kernels have no state of their own, so one
 * kernel serves many ranges and threads at once. They do not allocate.
 */
public interface UpdateKernel {
  /**
   * Does what has to be done for a parameter as a whole before {@link #update}, and sets the same
   * numbers as the specification, {@link UpdateRule#prepare}, which runs unless overridden.
   */
  default void prepare(Preparation whole) {
    whole.rule().prepare(whole);
  }

  /** The same for a rule {@link UpdateRule#acrossParameters}. */
  default void prepare(Preparations all) {
    all.rule().prepare(all);
  }

  /**
   * Updates coordinates one by one, none depending on another.
   *
   * @param parameters the values to change, from {@code parameterOffset} on
   * @param parameterOffset the index of the first value
   * @param gradients the derivatives of the loss, from {@code gradientOffset} on; left alone
   * @param gradientOffset the index of the first gradient
   * @param slots the rule's state: an array for each of {@link UpdateRule#slots}, in their order;
   *     those with a number for each coordinate from {@code slotOffset} on; read and overwritten
   * @param slotOffset the index of the first coordinate in each slot's array
   * @param length how many coordinates; zero or more
   * @param learningRate finite, zero or greater
   * @param step which step of this parameter it is: 1 for the first
   * @param common the rule's {@link UpdateRule#common} numbers, as {@link UpdateRule#prepare} set
   *     them; read only
   */
  void update(
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[][] slots,
      int slotOffset,
      int length,
      double learningRate,
      long step,
      double... common);

  /**
   * Updates some coordinates of a parameter that has been prepared: as the other form, unless
   * overridden by kernels that must know of rows and columns.
   *
   * @param from the first coordinate
   * @param to the first that is left alone again
   */
  default void update(Preparation whole, int from, int to) {
    update(
        whole.values(),
        whole.valueOffset() + from,
        whole.gradients(),
        whole.gradientOffset() + from,
        whole.state(),
        from,
        to - from,
        whole.learningRate(),
        whole.step(),
        whole.numbers());
  }

  /**
   * What runs a rule on this machine: its own kernel where it has one and the Vector API is there,
   * otherwise its specification.
   */
  static UpdateKernel of(UpdateRule rule) {
    UpdateKernel kernel = Machine.usesSimd() ? rule.kernel() : null;
    return kernel != null ? kernel : new SpecificationKernel(rule);
  }
}
