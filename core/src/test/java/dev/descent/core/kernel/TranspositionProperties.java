package dev.descent.core.kernel;

import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TranspositionProperties {

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void rowsBecomeColumnsAndNothingElseIsTouched(
      @ForAll @IntRange(max = 13) int rows,
      @ForAll @IntRange(max = 9) int columns,
      @ForAll @IntRange(max = 2) int fromGap,
      @ForAll @IntRange(max = 2) int toGap) {
    int fromStride = columns + fromGap;
    int toStride = rows + toGap;
    float[] from = Floats.wild(3 + rows * fromStride, rows);
    float[] to = Floats.tame(2 + columns * toStride, columns);
    float[] expected = to.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        expected[2 + j * toStride + i] = from[3 + i * fromStride + j];
      }
    }

    Transposition.copy(from, 3, fromStride, rows, columns, to, 2, toStride);

    Floats.assertSameBits(to, expected, "the transpose");
  }
}
