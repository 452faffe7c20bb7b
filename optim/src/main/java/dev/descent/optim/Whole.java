package dev.descent.optim;

import dev.descent.core.tensor.Shape;
import java.util.function.ToDoubleFunction;

/**
 * One parameter as a whole, at the start of a step: where a rule sets the numbers that all its
 * coordinates share, such as a norm or a product of momenta, and where it computes with matrices.
 */
public interface Whole {
  /**
   * The parameter's shape. For a rule {@link UpdateRule#acrossParameters across parameters}: a
   * vector with the coordinates of all.
   */
  Shape shape();

  /** The learning rate of this step; zero or greater. */
  double learningRate();

  /** Which step of this parameter it is: 1 for the first. */
  long step();

  /** A common number: what the previous step left, or what this step has set. */
  double get(Slot common);

  /**
   * Sets a common number, for the coordinates of this step and for the next step.
   *
   * @return the value
   */
  double set(Slot common, double value);

  /**
   * A sum over all coordinates, in double and always in the same order: the same bits at every
   * vector width and with any number of threads.
   *
   * @param term what a coordinate adds; it must not set anything. Slots are as the previous step
   *     left them, or as they have been set here
   */
  double sum(ToDoubleFunction<Coordinate> term);

  /** The sum of the squared gradients. */
  default double squaredGradients() {
    return sum(c -> c.gradient() * c.gradient());
  }

  /** The sum of the squared values. */
  default double squaredValues() {
    return sum(c -> c.value() * c.value());
  }

  /** The Euclidean norm: the root of the sum of squares over all coordinates. */
  default double norm(ToDoubleFunction<Coordinate> term) {
    return Math.sqrt(
        sum(c -> {
          double x = term.applyAsDouble(c);
          return x * x;
        }));
  }

  /** The root of the mean of squares over all coordinates; 0 if there are none. */
  default double rms(ToDoubleFunction<Coordinate> term) {
    return Coordinate.ratio(norm(term), Math.sqrt(shape().size()));
  }

  /**
   * A number of each coordinate as a matrix: {@link Extent#rows} by {@link Extent#columns}.
   *
   * @param term as in {@link #sum}
   */
  DoubleMatrix matrix(ToDoubleFunction<Coordinate> term);

  /** A slot's numbers: those of rows as one column, those of columns as one row. */
  DoubleMatrix matrix(Slot slot);

  /**
   * Sets all numbers of a slot.
   *
   * @param numbers as many, row by row
   * @return the numbers, unrounded
   */
  DoubleMatrix set(Slot slot, DoubleMatrix numbers);
}
