package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.RecurrentSteps;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** What recurrent operations check and compute alike. */
final class Recurrences {
  private Recurrences() {}

  /**
   * Checks that the weight of the inputs, of a number of gates, fits them.
   *
   * @return the shape of the gates' sums
   * @throws ShapeException if it does not
   */
  static Shape sums(String operation, int gates, Tensor input, Tensor weightInput) {
    Shape sequence = input.shape();
    Shape inner = weightInput.shape();
    if (sequence.rank() != 3
        || inner.rank() != 2
        || sequence.length(2) != inner.length(1)
        || inner.length(0) % gates != 0) {
      throw new ShapeException(
          operation,
          sequence,
          inner,
          "expected [time, batch, in] and a weight [%d hidden, in]".formatted(gates));
    }
    return sequence.with(2, inner.length(0));
  }

  /**
   * Checks that the weights and biases of a number of gates fit the input.
   *
   * @throws ShapeException if they do not
   */
  static void check(
      String operation,
      int gates,
      Tensor input,
      Tensor weightInput,
      Tensor weightHidden,
      Tensor biasInput,
      Tensor biasHidden) {
    Shape inner = weightInput.shape();
    int rows = sums(operation, gates, input, weightInput).length(2);
    expect(operation, inner, weightHidden, "a weight of the state", Shape.of(rows, rows / gates));
    expect(operation, inner, biasInput, "a bias of the input", Shape.of(rows));
    expect(operation, inner, biasHidden, "a bias of the state", Shape.of(rows));
  }

  /** Checks that an initial state fits the input. */
  static void checkState(String operation, Tensor input, Tensor weightHidden, Tensor state) {
    expect(
        operation,
        input.shape(),
        state,
        "an initial state",
        Shape.of(input.shape().length(1), weightHidden.shape().length(1)));
  }

  private static void expect(
      String operation, Shape first, Tensor operand, String name, Shape shape) {
    if (!operand.shape().equals(shape)) {
      throw new ShapeException(
          operation, first, operand.shape(), "expected " + name + " of " + shape);
    }
  }

  /** The whole run in parts, first to last. */
  static Stream<RecurrentSteps> parts(Tensor input, Tensor weightHidden) {
    int hidden = weightHidden.shape().length(1);
    int gates = weightHidden.shape().length(0) / Math.max(1, hidden);
    return RecurrentSteps.parts(input.shape().length(0), input.shape().length(1), hidden, gates);
  }

  /** A tensor {@code [rows, columns]}. */
  static Matrix matrix(Tensor weight) {
    Shape shape = weight.shape();
    return Matrix.rowMajor(weight.array(), weight.offset(), shape.length(0), shape.length(1));
  }

  /** A weight moved so that the product with its transpose finds what it reads in rows. */
  static Matrix turned(Tensor weight) {
    return matrix(new Transpose(weight).evaluate());
  }

  /** What comes in at some steps, a row for each sequence. */
  static Matrix inputs(Tensor input, RecurrentSteps part) {
    Shape shape = input.shape();
    int features = shape.length(2);
    int at = input.offset() + part.first() * part.batch() * features;
    return Matrix.rowMajor(input.array(), at, part.rows(), features);
  }

  /** The gates of some steps, a row for each sequence. */
  static Matrix sums(float[] gates, int offset, RecurrentSteps part) {
    int at = offset + part.first() * part.batch() * part.width();
    return Matrix.rowMajor(gates, at, part.rows(), part.width());
  }

  /** The states before some steps, a row for each sequence. */
  static Matrix before(Tensor states, RecurrentSteps part) {
    int at = states.offset() + part.stateIndex(part.first(), 0);
    return Matrix.rowMajor(states.array(), at, part.rows(), part.hidden());
  }

  /** Writes the bias into each row. */
  static void fill(Tensor bias, Matrix sums) {
    for (int row = 0; row < sums.rows(); row++) {
      System.arraycopy(bias.array(), bias.offset(), sums.values(), sums.index(row, 0), bias.size());
    }
  }

  /** Writes an initial state where states begin. */
  static void copy(Tensor state, float[] out, int offset) {
    copy(state, 0, out, offset, state.size());
  }

  /** Writes n elements of a tensor, from one on, somewhere else. */
  static void copy(Tensor tensor, int from, float[] out, int offset, int n) {
    System.arraycopy(tensor.array(), tensor.offset() + from, out, offset, n);
  }

  /** The elements of the gates of a part, at most. */
  static int largest(Tensor input, Tensor weightHidden) {
    return parts(input, weightHidden).mapToInt(RecurrentSteps::someGates).max().orElse(0);
  }

  /** Memory for the gradient of the input, if it is needed. */
  static Tensor gradientOf(Tensor input, GradientSink sink) {
    Shape shape = sink.needs(input) ? input.shape() : Shape.of(0);
    return Tensor.of(shape, sink.array(shape.size()));
  }

  /** Writes the gradient of what came in at some steps: one product. */
  static void addInput(Matrix dSums, Tensor weightInput, Tensor dInput, RecurrentSteps part) {
    if (dInput.size() > 0) {
      Kernels.multiply(dSums, matrix(weightInput), inputs(dInput, part), false);
    }
  }

  /** One step of a tensor {@code [time, ...]}. */
  static Tensor step(Tensor tensor, int step) {
    return tensor.slice(0, step, step + 1).reshape(tensor.shape().without(0));
  }

  /** A gate's part of the sums {@code [batch, gates hidden]}. */
  static Tensor gate(Tensor sums, int gate, int hidden) {
    return sums.slice(1, gate * hidden, (gate + 1) * hidden);
  }

  /** States {@code [batch, hidden]}, step after step. */
  static Tensor inTime(List<Tensor> states) {
    return Tensor.stack(states.toArray(Tensor[]::new));
  }
}
