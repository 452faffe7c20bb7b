package dev.descent.optim.schedule;

/** The learning rate as a function of how far training is. */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate of the step that follows.
   *
   * @param stepsTaken how many steps lie behind: 0 before the first
   * @return a finite number, zero or greater
   */
  double learningRate(long stepsTaken);

  /**
   * The same learning rate for every step.
   *
   * @throws IllegalArgumentException if it is not finite, or negative
   */
  static Schedule constant(double learningRate) {
    return new Constant(learningRate);
  }
}
