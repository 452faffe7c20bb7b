package dev.descent.core.kernel;

import static dev.descent.core.kernel.Floats.assertSameBits;

import dev.descent.core.kernel.reference.ReferenceReductions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Sums and maxima have the bits that the documented order of operations gives. */
@Tag("widths")
class ReductionsProperties {

  /** The reference is held to the words of {@link Reductions} as well. */
  private static List<Reductions> kernels() {
    List<Reductions> kernels = new ArrayList<>(UnderTest.reductions());
    kernels.add(new ReferenceReductions());
    return kernels;
  }

  /** Element i to lane i mod 64; then the lanes in halves. */
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

  private static float max(float[] x, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void sumsAtEachLength(
      @ForAll @IntRange(max = 5 * 64 + 17) int n, @ForAll @IntRange(max = 3) int offset) {
    float[] tame = Floats.tame(offset + n + 2, n);
    float[] wild = Floats.wild(offset + n + 2, n);

    for (Reductions kernel : kernels()) {
      assertSameBits(kernel.sum(tame, offset, n), sum(tame, offset, n), "the sum");
      assertSameBits(kernel.sum(wild, offset, n), sum(wild, offset, n), "the sum");
    }
  }

  @Property(tries = 500)
  void sumsOfManyElements(@ForAll @IntRange(max = 20_000) int n, @ForAll long seed) {
    float[] x = Floats.tame(n + 1, seed);

    for (Reductions kernel : kernels()) {
      assertSameBits(kernel.sum(x, 1, n), sum(x, 1, n), "the sum");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void maximaAtEachLength(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 3) int offset) {
    float[] tame = Floats.tame(offset + n + 2, n);
    float[] wild = Floats.wild(offset + n + 2, n);

    for (Reductions kernel : kernels()) {
      assertSameBits(kernel.max(tame, offset, n), max(tame, offset, n), "the maximum");
      assertSameBits(kernel.max(wild, offset, n), max(wild, offset, n), "the maximum");
    }
  }

  @Property(tries = 500)
  void maximaOfManyElements(@ForAll @IntRange(max = 20_000) int n, @ForAll long seed) {
    float[] x = Floats.tame(n + 1, seed);

    for (Reductions kernel : kernels()) {
      assertSameBits(kernel.max(x, 1, n), max(x, 1, n), "the maximum");
    }
  }

  /** A special value at each place among negative zeros, smaller numbers, infinities and NaNs. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void aSpecialValueAnywhere(@ForAll @IntRange(max = 40) int at) {
    for (float background : new float[] {-0f, -1f, Float.NEGATIVE_INFINITY, Float.NaN}) {
      for (float special : Floats.special()) {
        float[] x = new float[41];
        Arrays.fill(x, background);
        x[at] = special;
        for (Reductions kernel : kernels()) {
          for (int n : new int[] {at, at + 1, 41}) {
            assertSameBits(kernel.max(x, 0, n), max(x, 0, n), "the maximum");
            assertSameBits(kernel.sum(x, 0, n), sum(x, 0, n), "the sum");
          }
        }
      }
    }
  }

  @Example
  void ofNothing() {
    for (Reductions kernel : kernels()) {
      assertSameBits(kernel.sum(new float[0], 0, 0), 0f, "the sum");
      assertSameBits(kernel.max(new float[0], 0, 0), Float.NEGATIVE_INFINITY, "the maximum");
    }
  }
}
