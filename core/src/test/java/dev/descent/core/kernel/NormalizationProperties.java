package dev.descent.core.kernel;

import static dev.descent.core.kernel.Floats.assertSameBits;

import dev.descent.core.kernel.reference.ReferenceNormalization;
import dev.descent.core.kernel.simd.SimdNormalization;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Normalisation has the bits of the documented order of operations, and of the plain loops. */
@Tag("widths")
class NormalizationProperties {
  private static final Normalization REFERENCE = new ReferenceNormalization();

  private static List<Normalization> kernels() {
    List<Normalization> kernels = new ArrayList<>(List.of(REFERENCE));
    if (UnderTest.simd()) {
      kernels.add(new SimdNormalization());
    }
    return kernels;
  }

  /** Element i to lane i mod 64, with one rounding each; then the lanes in halves. */
  private static float squaredDistance(float[] x, int offset, float center, int n) {
    float[] lanes = new float[64];
    for (int i = 0; i < n; i++) {
      float distance = x[offset + i] - center;
      lanes[i % 64] = Math.fma(distance, distance, lanes[i % 64]);
    }
    for (int half = 32; half >= 1; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void squaredDistanceAtEachLength(
      @ForAll @IntRange(max = 4 * 64 + 17) int n, @ForAll @IntRange(max = 3) int offset) {
    float[] tame = Floats.tame(offset + n + 2, n);
    float[] wild = Floats.wild(offset + n + 2, n);

    for (Normalization kernel : kernels()) {
      for (float center : new float[] {0.3f, -1e10f, Float.NaN}) {
        float expected = squaredDistance(tame, offset, center, n);
        assertSameBits(kernel.squaredDistance(tame, offset, center, n), expected, "the sum");
        expected = squaredDistance(wild, offset, center, n);
        assertSameBits(kernel.squaredDistance(wild, offset, center, n), expected, "the sum");
      }
    }
  }

  @Property(tries = 300)
  void squaredDistanceOfManyElements(@ForAll @IntRange(max = 20_000) int n, @ForAll long seed) {
    float[] x = Floats.tame(n + 1, seed);

    for (Normalization kernel : kernels()) {
      float expected = squaredDistance(x, 1, 0.01f, n);
      assertSameBits(kernel.squaredDistance(x, 1, 0.01f, n), expected, "the sum");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void normalizeAtEachLengthAndInPlace(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 2) int offset) {
    float[] x = Floats.wild(n + 4, n);
    float[] weight = Floats.tame(n + 4, n);
    float[] bias = Floats.tame(n + 4, ~n);
    float[] expected = x.clone();
    for (int i = 0; i < n; i++) {
      float standard = (x[offset + i] - 0.5f) * 0.7f;
      expected[offset + i] = Math.fma(standard, weight[1 + i], bias[2 + i]);
    }

    for (Normalization kernel : kernels()) {
      float[] inOut = x.clone();
      kernel.normalize(inOut, offset, 0.5f, 0.7f, weight, 1, bias, 2, inOut, offset, n);
      assertSameBits(inOut, expected, "in and out");
    }
  }

  /** The rows put together, shared among threads where they are many. */
  @Property(tries = 200)
  void layerNorm(
      @ForAll @IntRange(max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 500) int row,
      @ForAll long seed) {
    int n = rows * row;
    float[] x = Floats.tame(n + 1, seed);
    float[] weight = Floats.tame(row + 2, ~seed);
    float[] bias = Floats.tame(row + 3, seed + 1);
    float[] expected = new float[n + 3];
    for (int at = 0; at < n; at += row) {
      float mean = sum(x, 1 + at, row) / row;
      float variance = squaredDistance(x, 1 + at, mean, row) / row;
      float scale = 1 / (float) Math.sqrt(variance + 0.01f);
      for (int i = 0; i < row; i++) {
        float standard = (x[1 + at + i] - mean) * scale;
        expected[2 + at + i] = Math.fma(standard, weight[2 + i], bias[3 + i]);
      }
    }

    float[] out = new float[n + 3];
    Kernels.layerNorm(x, 1, 0.01f, weight, 2, bias, 3, out, 2, n, row);

    assertSameBits(out, expected, "layer norm");
  }

  private static float sum(float[] x, int offset, int n) {
    float[] lanes = new float[64];
    for (int i = 0; i < n; i++) {
      lanes[i % 64] += x[offset + i];
    }
    for (int half = 32; half >= 1; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
