package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceMatrixProduct;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Every product of matrices has the bits of three plain loops, wherever the matrices lie in their
 * arrays, and changes nothing beside the result.
 */
@Tag("widths")
class MatrixProductProperties {
  private static final MatrixProduct REFERENCE = new ReferenceMatrixProduct();

  /**
   * How a matrix is stored.
   *
   * @param transposed column after column
   * @param padding elements between the end of one row (or column) and the next
   * @param offset elements before the first
   */
  record Layout(boolean transposed, int padding, int offset) {
    static final Layout PLAIN = new Layout(false, 0, 0);

    Matrix matrix(int rows, int columns, float[] values) {
      int outer = transposed ? columns : rows;
      int inner = transposed ? rows : columns;
      Matrix stored = new Matrix(values, offset, outer, inner, inner + padding, 1);
      return transposed ? stored.transposed() : stored;
    }

    int size(int rows, int columns) {
      int outer = transposed ? columns : rows;
      int inner = transposed ? rows : columns;
      return offset + outer * (inner + padding);
    }
  }

  @Provide
  static Arbitrary<Layout> layouts() {
    return Arbitraries.of(true, false)
        .flatMap(transposed ->
            Arbitraries.of(0, 3)
                .flatMap(padding ->
                    Arbitraries.of(0, 5).map(offset -> new Layout(transposed, padding, offset))));
  }

  /** Zero, and both sides of each tile's edge at each width. */
  @Provide
  static Arbitrary<Integer> sides() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(0, 9)),
        Tuple.of(3, Arbitraries.of(11, 12, 13, 15, 16, 17, 18, 24, 31, 32, 33, 48, 63, 64, 65)),
        Tuple.of(1, Arbitraries.integers().between(0, 130)));
  }

  /** Both sides of the depths at which products are cut into blocks. */
  @Provide
  static Arbitrary<Integer> depths() {
    return Arbitraries.of(127, 128, 129, 257, 1023, 1024, 1025, 1300, 2049);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void allSmallShapes(
      @ForAll @IntRange(max = 5) int m,
      @ForAll @IntRange(max = 3) int k,
      @ForAll @IntRange(max = 5) int n,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll boolean accumulate) {
    check(
        m,
        k,
        n,
        new Layout(transposeA, 0, 0),
        new Layout(transposeB, 0, 0),
        Layout.PLAIN,
        accumulate,
        Floats::wild);
  }

  @Property(tries = 3000)
  void anyShapeAndLayout(
      @ForAll("sides") int m,
      @ForAll("sides") int k,
      @ForAll("sides") int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll("layouts") Layout c,
      @ForAll boolean accumulate) {
    check(m, k, n, a, b, c, accumulate, Floats::tame);
  }

  @Property(tries = 1000)
  void anyNumbers(
      @ForAll("sides") int m,
      @ForAll @IntRange(max = 6) int k,
      @ForAll("sides") int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll boolean accumulate) {
    check(m, k, n, a, b, Layout.PLAIN, accumulate, Floats::wild);
  }

  @Property(tries = 200)
  void deeperThanABlock(
      @ForAll @IntRange(max = 90) int m,
      @ForAll("depths") int k,
      @ForAll @IntRange(max = 70) int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll boolean accumulate) {
    check(m, k, n, a, b, Layout.PLAIN, accumulate, Floats::tame);
  }

  /** Enough multiplications to be shared among threads, by rows and by columns. */
  @Property(tries = 40)
  void largeEnoughForSeveralThreads(
      @ForAll @IntRange(min = 1, max = 300) int m,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll boolean accumulate) {
    int k = 1 + (1 << 19) / (m * n);
    if (k <= 2000) {
      check(m, k, n, a, b, Layout.PLAIN, accumulate, Floats::tame);
    }
  }

  /** So large that blocks of both factors are copied, with a rest in each direction. */
  @Property(tries = 30)
  void tooLargeForTheCaches(
      @ForAll @IntRange(min = 450, max = 530) int m,
      @ForAll @IntRange(min = 160, max = 530) int k,
      @ForAll @IntRange(min = 370, max = 560) int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll("layouts") Layout c,
      @ForAll boolean accumulate) {
    check(m, k, n, a, b, c, accumulate, Floats::tame);
  }

  /**
   * The right factor's panels are used again for the next block of the left one's rows: a result
   * stored by columns is computed in deep blocks of few rows.
   */
  @Property(tries = 20)
  void severalBlocksOfRows(
      @ForAll @IntRange(min = 250, max = 270) int m,
      @ForAll @IntRange(min = 1020, max = 1030) int k,
      @ForAll @IntRange(min = 120, max = 200) int n,
      @ForAll("layouts") Layout a,
      @ForAll boolean accumulate) {
    check(m, k, n, a, Layout.PLAIN, new Layout(true, 0, 0), accumulate, Floats::tame);
  }

  /** The left factor's columns are so far apart that its rows are copied. */
  @Property(tries = 20)
  void columnsFarApart(
      @ForAll @IntRange(min = 1024, max = 1040) int m,
      @ForAll @IntRange(max = 20) int k,
      @ForAll @IntRange(min = 380, max = 410) int n,
      @ForAll("layouts") Layout b,
      @ForAll("layouts") Layout c,
      @ForAll boolean accumulate) {
    check(m, k, n, new Layout(true, 0, 0), b, c, accumulate, Floats::tame);
  }

  /** The result has more columns than are done at a time. */
  @Property(tries = 20)
  void manyColumns(
      @ForAll @IntRange(min = 14, max = 40) int m,
      @ForAll @IntRange(min = 14, max = 20) int k,
      @ForAll @IntRange(min = 2040, max = 2120) int n,
      @ForAll("layouts") Layout a,
      @ForAll("layouts") Layout b,
      @ForAll boolean accumulate) {
    check(m, k, n, a, b, Layout.PLAIN, accumulate, Floats::tame);
  }

  private interface Numbers {
    float[] of(int n, long seed);
  }

  private static void check(
      int m, int k, int n, Layout a, Layout b, Layout c, boolean accumulate, Numbers numbers) {
    Matrix left = a.matrix(m, k, numbers.of(a.size(m, k), 1));
    Matrix right = b.matrix(k, n, numbers.of(b.size(k, n), 2));
    float[] before = numbers.of(c.size(m, n), 3);
    float[] expected = before.clone();
    REFERENCE.multiply(left, right, c.matrix(m, n, expected), accumulate);

    for (MatrixProduct kernel : UnderTest.matrixProducts()) {
      float[] result = before.clone();
      kernel.multiply(left, right, c.matrix(m, n, result), accumulate);
      Floats.assertSameBits(result, expected, "the product");
    }
  }
}
