package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.WholeRateLaws;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Numbers of a transcription are in {@link PyTorchMatricesTest}. */
class ShampooProperties implements WholeRateLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Shampoo(1e-3, 1), new Shampoo(1e-2, 3), new Shampoo(1, 10));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Shampoo();
  }

  /** What float32 loses of a sum's largest eigenvalue, an epsilon of 0.001 makes a thousandfold. */
  @Override
  public double stepTolerance() {
    return 1e-3;
  }

  private static float[] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static DoubleMatrix matrix(int rows, int columns, double[] values) {
    return DoubleMatrix.of(rows, columns, values);
  }

  /** Without epsilon the first step has the gradient's singular vectors, and values of 1. */
  @Property(tries = 40)
  @Tag("widths")
  void theFirstStepIsOrthogonal(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(max = 6) int more,
      @ForAll long seed) {
    int columns = rows + more;
    float[] gradient = random(rows * columns, seed);
    for (int i = 0; i < rows; i++) {
      gradient[i * columns + i] += 5;
    }
    Precision.Journey journey =
        precision.from(new Shampoo(0, 1), Shape.of(rows, columns), new float[rows * columns]);
    journey.step(0.5, gradient);
    DoubleMatrix step = matrix(rows, columns, journey.values()).times(-1 / 0.5);
    DoubleMatrix product = step.times(step.transposed());
    assertThat(product.toArray())
        .containsExactly(DoubleMatrix.identity(rows).toArray(), within(1e-4));
    double along = 0;
    for (int i = 0; i < gradient.length; i++) {
      along += gradient[i] * step.toArray()[i];
    }
    assertThat(along).isPositive();
  }

  /** The same gradient again and again: AdaGrad's steps, 1 / sqrt(t), whatever its size. */
  @Property(tries = 20)
  @Tag("widths")
  void stepsForOneGradientShrinkLikeAdaGrads(
      @ForAll Precision precision, @ForAll @IntRange(min = -20, max = 20) int exponent) {
    float[] gradient = {3 * Math.scalb(1, exponent), 0, 0, -Math.scalb(1, exponent)};
    Precision.Journey journey = precision.from(new Shampoo(0, 50), Shape.of(2, 2), new float[4]);
    double place = 0;
    for (int t = 1; t <= 50; t++) {
      journey.step(0.125, gradient);
      place += 0.125 / Math.sqrt(t);
      assertThat(journey.values())
          .containsExactly(new double[] {-place, 0, 0, place}, within(1e-5 * place));
    }
  }

  /** Roots are new at each of the first steps, then at each interval-th; sums always are. */
  @Example
  @Tag("widths")
  void rootsAreTakenAtIntervals() {
    for (Precision precision : Precision.values()) {
      Precision.Journey journey =
          precision.from(new Shampoo(1e-6, 3), Shape.of(2, 3), new float[6]);
      double[] p = {0, 0, 0, 0};
      double[] q = new double[9];
      double[] l = {0, 0, 0, 0};
      for (int t = 1; t <= 12; t++) {
        journey.step(0.1, random(6, t));
        boolean isNew = t <= 3 || t == 6 || t == 9 || t == 12;
        assertThat(isNew).as("step %d", t).isEqualTo(!equal(p, journey.state(Shampoo.P)));
        assertThat(isNew).as("step %d", t).isEqualTo(!equal(q, journey.state(Shampoo.Q)));
        assertThat(journey.state(Shampoo.L)).isNotEqualTo(l);
        p = journey.state(Shampoo.P);
        q = journey.state(Shampoo.Q);
        l = journey.state(Shampoo.L);
      }
    }
  }

  private static boolean equal(double[] a, double[] b) {
    return Arrays.equals(a, b);
  }

  /** The fourth power of a root, times the sum over its largest eigenvalue, is the identity. */
  @Property(tries = 20)
  @Tag("widths")
  void rootsAreInverseFourthRoots(@ForAll Precision precision, @ForAll long seed) {
    Precision.Journey journey = precision.from(new Shampoo(0.1, 1), Shape.of(3, 4), new float[12]);
    for (int t = 0; t < 5; t++) {
      journey.step(0.1, random(12, seed + t));
    }
    assertRoot(3, journey.state(Shampoo.P), journey.state(Shampoo.L));
    assertRoot(4, journey.state(Shampoo.Q), journey.state(Shampoo.R));
  }

  private static void assertRoot(int n, double[] root, double[] sum) {
    DoubleMatrix p = matrix(n, n, root);
    DoubleMatrix power = p.times(p).times(p).times(p);
    // The largest eigenvalue, as the limit of quotients.
    DoubleMatrix l = matrix(n, n, sum);
    DoubleMatrix high = l.times(1 / l.norm());
    for (int i = 0; i < 40; i++) {
      high = high.times(high);
      high = high.times(1 / high.norm());
    }
    double largest = l.times(high).norm();
    DoubleMatrix damped = l.times(1 / largest).plus(DoubleMatrix.identity(n).times(0.1));
    assertThat(power.times(damped).toArray())
        .containsExactly(DoubleMatrix.identity(n).toArray(), within(1e-4));
  }

  /** L26: orthogonal matrices go through: on the left, on the right, and transposed. */
  @Property(tries = 20)
  void stepsTurnWithTheGradients(@ForAll long seed) {
    double cos = 0.6;
    double sin = 0.8;
    DoubleMatrix turn = matrix(2, 2, new double[] {cos, -sin, sin, cos});
    Precision.Journey plain =
        Precision.DOUBLE.from(new Shampoo(1e-3, 2), Shape.of(2, 3), new float[6]);
    Precision.Journey turned =
        Precision.DOUBLE.from(new Shampoo(1e-3, 2), Shape.of(2, 3), new float[6]);
    Precision.Journey transposed =
        Precision.DOUBLE.from(new Shampoo(1e-3, 2), Shape.of(3, 2), new float[6]);
    for (int t = 0; t < 6; t++) {
      float[] g = random(6, seed + t);
      double[] doubles = new double[6];
      for (int i = 0; i < 6; i++) {
        doubles[i] = g[i];
      }
      DoubleMatrix gradient = matrix(2, 3, doubles);
      plain.step(0.1, g);
      turned.step(0.1, floats(turn.times(gradient)));
      transposed.step(0.1, floats(gradient.transposed()));
      assertThat(turned.values())
          .containsExactly(turn.times(matrix(2, 3, plain.values())).toArray(), within(1e-6));
      assertThat(transposed.values())
          .containsExactly(matrix(2, 3, plain.values()).transposed().toArray(), within(1e-13));
    }
  }

  private static float[] floats(DoubleMatrix matrix) {
    double[] doubles = matrix.toArray();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
