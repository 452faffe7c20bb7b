package dev.descent.examples.linear;

/** A line on its way down. */
interface Descender {
  /** What it is called. */
  String name();

  /**
   * Takes one step.
   *
   * @return the mean squared error before it
   */
  double step();

  /** The slope of the line now. */
  double slope();

  /** Where the line meets the vertical axis now. */
  double intercept();
}
