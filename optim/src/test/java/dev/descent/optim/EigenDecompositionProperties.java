package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class EigenDecompositionProperties {
  private static DoubleMatrix random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return DoubleMatrix.of(rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
  }

  private static DoubleMatrix symmetric(int n, long seed) {
    DoubleMatrix a = random(n, n, seed);
    return a.plus(a.transposed());
  }

  private static void assertClose(DoubleMatrix actual, DoubleMatrix expected, double tolerance) {
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(tolerance));
  }

  @Property(tries = 100)
  void valuesAndVectorsMakeTheMatrix(
      @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    DoubleMatrix a = symmetric(n, seed);
    EigenDecomposition eigen = EigenDecomposition.of(a);
    DoubleMatrix v = eigen.vectors();
    assertClose(v.times(v.transposed()), DoubleMatrix.identity(n), 1e-13);
    assertClose(eigen.map(value -> value), a, 1e-13 * n);
    assertThat(eigen.largest()).isEqualTo(Arrays.stream(eigen.values()).max().orElseThrow());
  }

  /** A matrix of low rank has eigenvalues of zero, in whose space any vectors will do. */
  @Property(tries = 100)
  void functionsOfAMatrixAreItsPowers(
      @ForAll @IntRange(min = 1, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 12) int rank,
      @ForAll long seed) {
    DoubleMatrix g = random(n, rank, seed);
    DoubleMatrix a = g.times(g.transposed());
    EigenDecomposition eigen = EigenDecomposition.of(a);
    assertThat(Arrays.stream(eigen.values())).allMatch(value -> value > -1e-13);
    assertThat(Arrays.stream(eigen.values()).filter(value -> value > 1e-11).count())
        .isLessThanOrEqualTo(rank);
    assertClose(eigen.map(value -> value * value), a.times(a), 1e-11);
    DoubleMatrix root = eigen.map(value -> Math.sqrt(Math.max(0, value)));
    assertClose(root.times(root), a, 1e-12);
  }

  /** Eigenvalues far apart: each is right to a part of the largest. */
  @Property(tries = 50)
  void valuesMayBeFarApart(
      @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 12) double decades) {
    int n = 6;
    DoubleMatrix v = EigenDecomposition.of(symmetric(n, seed)).vectors();
    double[] values = new double[n];
    double[] diagonal = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.pow(10, -decades * i / n);
      diagonal[i * n + i] = values[i];
    }
    DoubleMatrix a = v.transposed().times(DoubleMatrix.of(n, n, diagonal)).times(v);
    double[] found = EigenDecomposition.of(a).values();
    Arrays.sort(values);
    Arrays.sort(found);
    assertThat(found).containsExactly(values, within(1e-15 * n));
  }

  @Property(tries = 50)
  void powersOfTwoScaleTheValuesAlone(
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll long seed,
      @ForAll @IntRange(min = -60, max = 60) int exponent) {
    DoubleMatrix a = symmetric(n, seed);
    EigenDecomposition eigen = EigenDecomposition.of(a);
    EigenDecomposition scaled = EigenDecomposition.of(a.times(Math.scalb(1.0, exponent)));
    assertThat(scaled.vectors().toArray()).containsExactly(eigen.vectors().toArray());
    assertThat(scaled.values())
        .containsExactly(Arrays.stream(eigen.values()).map(x -> Math.scalb(x, exponent)).toArray());
  }

  @Example
  void knownMatrices() {
    assertThat(values(DoubleMatrix.of(2, 2, 2, 1, 1, 2)))
        .containsExactly(new double[] {1, 3}, within(1e-15));
    // The path with 4 edges: 2 cos(k pi / 6).
    DoubleMatrix path =
        DoubleMatrix.of(
            5, 5, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
    double root = Math.sqrt(3);
    assertThat(values(path)).containsExactly(new double[] {-root, -1, 0, 1, root}, within(1e-15));
    assertThat(values(DoubleMatrix.identity(4))).containsExactly(1, 1, 1, 1);
    assertThat(values(DoubleMatrix.of(3, 3, new double[9]))).containsExactly(0, 0, 0);
    assertThat(values(DoubleMatrix.of(1, 1, -7))).containsExactly(-7);
    assertThat(values(DoubleMatrix.of(0, 0))).isEmpty();
    assertThat(EigenDecomposition.of(DoubleMatrix.of(0, 0)).largest()).isZero();
  }

  private static double[] values(DoubleMatrix a) {
    return Arrays.stream(EigenDecomposition.of(a).values()).sorted().toArray();
  }

  @Example
  void onlyTheLowerTriangleIsRead() {
    assertThat(EigenDecomposition.of(DoubleMatrix.of(2, 2, 2, 99, 1, 2)).largest())
        .isCloseTo(3, within(1e-15));
  }

  @Example
  void whatIsNotFiniteGivesNaN() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      EigenDecomposition eigen = EigenDecomposition.of(DoubleMatrix.of(2, 2, 1, 0, bad, 1));
      assertThat(eigen.values()).containsOnly(Double.NaN);
      assertThat(eigen.largest()).isNaN();
      assertThat(eigen.map(x -> x).toArray()).containsOnly(Double.NaN);
    }
  }

  @Example
  void whatIsNotSquareIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EigenDecomposition.of(DoubleMatrix.of(2, 3, new double[6])))
        .withMessage("2 by 3 has no eigenvalues; expected as many rows as columns");
  }
}
