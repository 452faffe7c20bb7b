package dev.descent.core.kernel;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("widths")
class TranspositionProperties {
  /** Zero, and both sides of the squares' edges at each width. */
  @Provide
  static Arbitrary<Integer> sides() {
    return Arbitraries.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 32, 33, 50);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void rowsBecomeColumnsAndNothingElseIsTouched(
      @ForAll("sides") int rows,
      @ForAll("sides") int columns,
      @ForAll @IntRange(max = 1) int fromGap,
      @ForAll @IntRange(max = 1) int toGap) {
    check(rows, columns, fromGap, toGap);
  }

  @Example
  void soDoThoseOfALargeMatrixWhichThreadsShare() {
    check(301, 407, 1, 2);
  }

  private static void check(int rows, int columns, int fromGap, int toGap) {
    int fromStride = columns + fromGap;
    int toStride = rows + toGap;
    float[] from = Floats.wild(3 + rows * fromStride, rows);
    float[] before = Floats.tame(2 + columns * toStride, columns);
    float[] expected = before.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        expected[2 + j * toStride + i] = from[3 + i * fromStride + j];
      }
    }

    for (Transposition transposition : UnderTest.transpositions()) {
      float[] to = before.clone();
      transposition.copy(from, 3, fromStride, rows, columns, to, 2, toStride);

      Floats.assertSameBits(to, expected, "the transpose");
    }
  }
}
