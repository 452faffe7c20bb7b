package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.WholeRateLaws;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** PyTorch's numbers are in {@link PyTorchMatricesTest}. */
class MuonProperties implements WholeRateLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Muon(), new Muon(0.5, 0, 1e-3, 3), new Muon(0, 0.5, 1e-7, 5));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Muon(0.9, 0, 0, 5);
  }

  /** Small singular values, and so their rounding errors, grow 3.4445-fold in each iteration. */
  @Override
  public double stepTolerance() {
    return 1e-3;
  }

  private static DoubleMatrix random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
    return DoubleMatrix.of(rows, columns, values);
  }

  /** A matrix with orthonormal columns, by Gram and Schmidt, twice. */
  private static DoubleMatrix orthonormal(int rows, int columns, long seed) {
    double[][] q = new double[columns][];
    DoubleMatrix start = random(/* rows= */ columns, /* columns= */ rows, seed);
    for (int j = 0; j < columns; j++) {
      q[j] = Arrays.copyOfRange(start.toArray(), j * rows, (j + 1) * rows);
      for (int k = 0; k < 2 * j; k++) {
        double[] other = q[k % j];
        double along = 0;
        for (int i = 0; i < rows; i++) {
          along += other[i] * q[j][i];
        }
        for (int i = 0; i < rows; i++) {
          q[j][i] -= along * other[i];
        }
      }
      double norm = LarsProperties.norm(q[j]);
      q[j] = Arrays.stream(q[j]).map(x -> x / norm).toArray();
    }
    double[] flat = Arrays.stream(q).flatMapToDouble(Arrays::stream).toArray();
    return DoubleMatrix.of(columns, rows, flat).transposed();
  }

  private static DoubleMatrix orthogonal(DoubleMatrix u) {
    return Muon.orthogonal(u, u.norm(), 5);
  }

  private static void assertClose(DoubleMatrix actual, DoubleMatrix expected, double tolerance) {
    double[] a = actual.toArray();
    double[] e = expected.toArray();
    assertThat(a).hasSameSizeAs(e);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(e[i], within(tolerance));
    }
  }

  /** L25: what singular values become: each for itself, by the polynomial applied five times. */
  @Property(tries = 50)
  void singularValuesComeNearOne(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(max = 4) int more,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.02, max = 0.9) double least) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] diagonal = new double[n * n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      diagonal[i * n + i] = i == 0 ? 1 : random.nextDouble(least, 1);
      sum += diagonal[i * n + i] * diagonal[i * n + i];
    }
    DoubleMatrix left = orthonormal(n + more, n, seed);
    DoubleMatrix right = orthonormal(n, n, seed + 1);
    DoubleMatrix middle = DoubleMatrix.of(n, n, diagonal);
    DoubleMatrix result = orthogonal(left.times(middle).times(right.transposed()));
    DoubleMatrix values = left.transposed().times(result).times(right);
    for (int i = 0; i < n; i++) {
      assertThat(diagonal[i * n + i] / Math.sqrt(sum)).isGreaterThan(0.008);
      assertThat(values.get(i, i)).isBetween(0.68, 1.21);
      for (int j = 0; j < n; j++) {
        if (i != j) {
          assertThat(values.get(i, j)).isCloseTo(0, within(1e-12));
        }
      }
    }
  }

  /** L26: it turns with the matrix, is transposed with it, and does not see its scale. */
  @Property(tries = 50)
  void directionsTurnWithTheMatrix(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
    DoubleMatrix g = random(rows, columns, seed);
    DoubleMatrix u = orthonormal(rows, rows, seed + 1);
    DoubleMatrix v = orthonormal(columns, columns, seed + 2);
    assertClose(orthogonal(u.times(g).times(v)), u.times(orthogonal(g)).times(v), 1e-11);
    assertClose(orthogonal(g.transposed()), orthogonal(g).transposed(), 1e-12);
    assertClose(orthogonal(g.times(factor)), orthogonal(g), 1e-11);
  }

  /** Steps of a vector have the root of its length, about; so have those of a tall matrix. */
  @Property(tries = 20)
  @Tag("widths")
  void vectorsMoveLikeColumns(
      @ForAll Precision precision, @ForAll @IntRange(min = 1, max = 50) int n, @ForAll long seed) {
    Course course = new Course(n, 1, seed);
    float[] gradient = course.start();
    Precision.Journey vector = precision.from(new Muon(), Shape.of(n), new float[n]);
    Precision.Journey column = precision.from(new Muon(), Shape.of(n, 1), new float[n]);
    vector.step(0.1, gradient);
    column.step(0.1, gradient);
    assertThat(vector.values()).containsExactly(column.values());
    assertThat(LarsProperties.norm(vector.values()) / (0.1 * Math.sqrt(n))).isBetween(0.68, 1.21);
    for (int i = 0; i < n; i++) {
      assertThat(vector.values()[i] * gradient[i]).isLessThanOrEqualTo(0);
    }
  }

  /** The momentum averages, and the step looks ahead of it. */
  @Property(tries = 20)
  @Tag("widths")
  void momentumIsAnAverage(@ForAll Precision precision) {
    Precision.Journey journey =
        precision.from(new Muon(0.75, 0, 1e-7, 5), Shape.of(2, 1), new float[2]);
    journey.step(0.1, new float[] {1, 0});
    journey.step(0.1, new float[] {0, 4});
    assertThat(journey.state(Muon.M)).containsExactly(0.1875, 1);
    double[] o = journey.state(Muon.O);
    double ratio = (0.75 * 0.1875) / (0.75 * 1 + 0.25 * 4);
    assertThat(o[0] / o[1]).isCloseTo(ratio, within(1e-6));
  }
}
