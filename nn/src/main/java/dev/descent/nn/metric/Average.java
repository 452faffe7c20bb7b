package dev.descent.nn.metric;

/** How the numbers of several classes become one. */
public enum Average {
  /**
   * The mean over the classes, each counted alike: over those that occur, as a label or as a
   * prediction. What is not defined for one of them counts as 0, as in scikit-learn. NaN if none
   * occurs.
   */
  MACRO,
  /**
   * The number over the counts of all classes, each example counted alike; NaN if there is none.
   */
  MICRO
}
