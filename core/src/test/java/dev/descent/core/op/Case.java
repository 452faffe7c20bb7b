package dev.descent.core.op;

import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * One operation with its operands' shapes and its settings, and what it should give.
 *
 * @param operands the shape of each operand and the numbers it is filled with
 * @param operation makes the operation under test
 * @param mathematics the same in double precision, from the definition
 * @param accuracy how far the result in float may be from that
 */
record Case(
    List<Operand> operands,
    Function<List<Tensor>, Op> operation,
    Function<List<DoubleTensor>, DoubleTensor> mathematics,
    Accuracy accuracy) {

  record Operand(Shape shape, Numbers numbers) {}

  /** Numbers that keep a safe distance from where the operation has no derivative. */
  enum Numbers {
    ANY,
    POSITIVE,
    /** At least 0.5 from zero. */
    NONZERO,
    /** At least 0.1 from each other. */
    DISTINCT,
    /** At least 0.02 from -1/4 and from 15/32. */
    CLAMPED,
    /** At least 0.2 from all of FEW. */
    BETWEEN,
    /** -1, 0 or 1, so that many are equal. */
    FEW;

    float[] draw(int n, SplittableRandom random) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] =
            (float)
                switch (this) {
                  case ANY -> random.nextDouble(-2, 2);
                  case POSITIVE -> random.nextDouble(0.5, 3);
                  case NONZERO -> random.nextDouble(0.5, 2) * (random.nextBoolean() ? 1 : -1);
                  case DISTINCT -> 0.1 * (i - n / 2);
                  case CLAMPED -> random.nextInt(-4, 9) * 0.1 + 0.03 * random.nextDouble();
                  case BETWEEN -> random.nextInt(-2, 2) + random.nextDouble(0.25, 0.75);
                  case FEW -> random.nextInt(-1, 2);
                };
      }
      if (this == DISTINCT) {
        for (int last = n - 1; last > 0; last--) {
          int other = random.nextInt(last + 1);
          float value = values[other];
          values[other] = values[last];
          values[last] = value;
        }
      }
      return values;
    }
  }

  /**
   * An error is counted in units in the last place of the exact result, or of the floor where the
   * result is smaller: sums lose relative accuracy where their terms cancel.
   */
  record Accuracy(double ulps, double floor) {
    /** The float nearest to the exact result. */
    static final Accuracy EXACT = new Accuracy(0.5, 0);

    static Accuracy ulps(double ulps) {
      return new Accuracy(ulps, 0);
    }

    /** For sums of terms of about 1. */
    static Accuracy ulpsOfOne(double ulps) {
      return new Accuracy(ulps, 1);
    }

    double error(float result, double exact) {
      double unit = Math.ulp((float) Math.max(Math.abs(exact), floor));
      return Math.abs(result - exact) / unit;
    }
  }

  /** The number of elements of all operands. */
  int size() {
    return operands.stream().mapToInt(operand -> operand.shape().size()).sum();
  }

  /** Operands filled with numbers, the same ones each time. */
  List<Tensor> draw() {
    SplittableRandom random = random();
    return operands.stream()
        .map(operand ->
            Tensor.of(operand.shape(), operand.numbers().draw(operand.shape().size(), random)))
        .toList();
  }

  SplittableRandom random() {
    return new SplittableRandom(operands.toString().hashCode());
  }

  Op on(List<? extends Tensor> inputs) {
    return operation.apply(List.copyOf(inputs));
  }

  DoubleTensor exactly(List<DoubleTensor> inputs) {
    return mathematics.apply(inputs);
  }

  /** The operation with its settings and operands. */
  @Override
  public String toString() {
    return on(draw()).toString();
  }
}
