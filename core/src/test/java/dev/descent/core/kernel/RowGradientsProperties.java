package dev.descent.core.kernel;

import static dev.descent.core.kernel.Floats.assertSameBits;

import dev.descent.core.kernel.reference.ReferenceRowGradients;
import dev.descent.core.kernel.simd.SimdRowGradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Derivatives of rows have the bits of the documented order of operations. */
@Tag("widths")
class RowGradientsProperties {
  private static List<RowGradients> kernels() {
    List<RowGradients> kernels = new ArrayList<>(List.of(new ReferenceRowGradients()));
    if (UnderTest.simd()) {
      kernels.add(new SimdRowGradients());
    }
    return kernels;
  }

  /** Element i to lane i mod 64, with one rounding each; then the lanes in halves. */
  static float dot(float[] x, int offset, float center, float[] g, int gOffset, int n) {
    float[] lanes = new float[64];
    for (int i = 0; i < n; i++) {
      lanes[i % 64] = Math.fma(x[offset + i] - center, g[gOffset + i], lanes[i % 64]);
    }
    for (int half = 32; half >= 1; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void dotAtEachLength(
      @ForAll @IntRange(max = 4 * 64 + 17) int n, @ForAll @IntRange(max = 2) int offset) {
    float[] g = Floats.tame(n + 4, ~n);
    for (float[] x : List.of(Floats.tame(offset + n + 1, n), Floats.wild(offset + n + 1, n))) {
      for (RowGradients kernel : kernels()) {
        for (float center : new float[] {0, 0.3f, Float.NEGATIVE_INFINITY, Float.NaN}) {
          float expected = dot(x, offset, center, g, 3, n);
          assertSameBits(kernel.dot(x, offset, center, g, 3, n), expected, "the sum");
        }
      }
    }
  }

  /** Infinity times nothing is nothing where there is no element. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void dotTakesNothingFromBeyondTheEnd(@ForAll @IntRange(min = 1, max = 130) int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);

    for (RowGradients kernel : kernels()) {
      float sum = kernel.dot(ones, 0, Float.NEGATIVE_INFINITY, ones, 0, n);
      assertSameBits(sum, Float.POSITIVE_INFINITY, "the sum");
    }
  }

  @Property(tries = 200)
  void dotOfManyElements(@ForAll @IntRange(max = 20_000) int n, @ForAll long seed) {
    float[] x = Floats.tame(n + 1, seed);
    float[] g = Floats.tame(n + 2, ~seed);

    for (RowGradients kernel : kernels()) {
      float expected = dot(x, 1, 0.01f, g, 2, n);
      assertSameBits(kernel.dot(x, 1, 0.01f, g, 2, n), expected, "the sum");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void softmaxAtEachLengthAndInPlace(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 2) int offset) {
    float[] y = Floats.wild(n + 4, n);
    float[] dy = Floats.tame(n + 4, ~n);
    float[] expected = dy.clone();
    for (int i = 0; i < n; i++) {
      expected[1 + i] = y[offset + i] * (dy[1 + i] - 0.4f);
    }

    for (RowGradients kernel : kernels()) {
      float[] inOut = dy.clone();
      kernel.softmax(y, offset, inOut, 1, 0.4f, inOut, 1, n);
      assertSameBits(inOut, expected, "in and out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void normalizationAtEachLengthAndInPlace(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 2) int offset) {
    float[] x = Floats.wild(n + 4, n);
    float[] g = Floats.tame(n + 4, ~n);
    float[] expected = g.clone();
    for (int i = 0; i < n; i++) {
      expected[1 + i] = Math.fma(0.5f - x[offset + i], 0.7f, g[1 + i] - 0.2f) * 1.3f;
    }

    for (RowGradients kernel : kernels()) {
      float[] inOut = g.clone();
      kernel.normalization(x, offset, 0.5f, 0.7f, inOut, 1, 0.2f, 1.3f, inOut, 1, n);
      assertSameBits(inOut, expected, "in and out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void weightAtEachLength(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 2) int offset) {
    float[] x = Floats.wild(n + 4, n);
    float[] dy = Floats.tame(n + 4, ~n);
    float[] before = Floats.tame(n + 4, n + 1);
    float[] expected = before.clone();
    for (int i = 0; i < n; i++) {
      float standard = (x[offset + i] - 0.5f) * 0.7f;
      expected[1 + i] = Math.fma(dy[2 + i], standard, before[1 + i]);
    }

    for (RowGradients kernel : kernels()) {
      float[] dw = before.clone();
      kernel.weight(x, offset, 0.5f, 0.7f, dy, 2, dw, 1, n);
      assertSameBits(dw, expected, "dw");
    }
  }
}
