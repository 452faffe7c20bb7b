package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceElementwise;
import dev.descent.core.kernel.simd.SimdElementwise;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Every element-wise kernel gives the bits of the plain loops. */
@Tag("widths")
class ElementwiseProperties {
  private static final Elementwise REFERENCE = new ReferenceElementwise();

  /** Around each multiple of each vector length, up to four of the widest. */
  @Provide
  static Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, 4 * 16 + 3);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void unaryAtEachLengthAndOffset(
      @ForAll Unary function,
      @ForAll("lengths") int n,
      @ForAll @IntRange(max = 2) int inOffset,
      @ForAll @IntRange(max = 1) int outOffset) {
    float[] in = Floats.wild(inOffset + n + 1, n);
    float[] before = Floats.tame(outOffset + n + 3, n);
    float[] expected = before.clone();
    REFERENCE.unary(function, in, inOffset, expected, outOffset, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] out = before.clone();
      kernel.unary(function, in, inOffset, out, outOffset, n);
      Floats.assertSameBits(out, expected, "out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void unaryInPlace(@ForAll Unary function, @ForAll("lengths") int n) {
    float[] before = Floats.wild(n + 4, n);
    float[] expected = before.clone();
    REFERENCE.unary(function, before, 2, expected, 2, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] inOut = before.clone();
      kernel.unary(function, inOut, 2, inOut, 2, n);
      Floats.assertSameBits(inOut, expected, "in and out");
    }
  }

  /** Enough elements for the compiler to replace the vector objects by instructions. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void unaryOfASampleOfAllFloats(@ForAll Unary function) {
    for (Elementwise kernel : UnderTest.elementwise()) {
      compare(kernel, function, Floats.everyNth(4001));
    }
  }

  /** Without SIMD there is only the reference, which need not be compared with itself for hours. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  @Tag("exhaustive")
  void unaryOfAllFloats(@ForAll Unary function) {
    if (UnderTest.simd()) {
      compare(new SimdElementwise(), function, Floats.everyNth(1));
    }
  }

  private static void compare(Elementwise kernel, Unary function, Stream<float[]> floats) {
    floats
        .parallel()
        .forEach(in -> {
          float[] expected = new float[in.length];
          REFERENCE.unary(function, in, 0, expected, 0, in.length);
          float[] out = new float[in.length];
          kernel.unary(function, in, 0, out, 0, in.length);
          Floats.assertSameBits(out, expected, "out");
        });
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void binaryAtEachLengthAndStride(
      @ForAll Binary function,
      @ForAll("lengths") int n,
      @ForAll @IntRange(max = 1) int aStride,
      @ForAll @IntRange(max = 1) int bStride,
      @ForAll @IntRange(max = 1) int offset) {
    float[] a = Floats.wild(n + 3, n);
    float[] b = Floats.wild(n + 3, ~n);
    float[] before = Floats.tame(n + 3, n);
    float[] expected = before.clone();
    REFERENCE.binary(function, a, 2 * offset, aStride, b, 1, bStride, expected, offset, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] out = before.clone();
      kernel.binary(function, a, 2 * offset, aStride, b, 1, bStride, out, offset, n);
      Floats.assertSameBits(out, expected, "out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void binaryInPlaceOfEitherOperand(
      @ForAll Binary function,
      @ForAll("lengths") int n,
      @ForAll boolean left,
      @ForAll @IntRange(max = 1) int otherStride) {
    float[] before = Floats.wild(n + 2, n);
    float[] other = Floats.wild(n + 2, ~n);
    float[] expected = before.clone();
    inPlace(REFERENCE, function, left, before, other, otherStride, expected, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] inOut = before.clone();
      inPlace(kernel, function, left, inOut, other, otherStride, inOut, n);
      Floats.assertSameBits(inOut, expected, "in and out");
    }
  }

  private static void inPlace(
      Elementwise kernel,
      Binary function,
      boolean left,
      float[] x,
      float[] other,
      int otherStride,
      float[] out,
      int n) {
    if (left) {
      kernel.binary(function, x, 1, 1, other, 0, otherStride, out, 1, n);
    } else {
      kernel.binary(function, other, 0, otherStride, x, 1, 1, out, 1, n);
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void binaryOverAllPairsOfSpecialValues(@ForAll Binary function) {
    float[] special = Floats.special();
    float[] out = new float[special.length];
    float[] expected = new float[special.length];
    for (int i = 0; i < special.length; i++) {
      REFERENCE.binary(function, special, i, 0, special, 0, 1, expected, 0, special.length);
      float[] repeated = new float[special.length];
      Arrays.fill(repeated, special[i]);
      for (Elementwise kernel : UnderTest.elementwise()) {
        kernel.binary(function, special, i, 0, special, 0, 1, out, 0, special.length);
        Floats.assertSameBits(out, expected, "with the first repeated");
        kernel.binary(function, repeated, 0, 1, special, 0, 1, out, 0, special.length);
        Floats.assertSameBits(out, expected, "with both walked along");
      }
    }
  }

  /** More than one thread's share, and enough for the compiler. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void binaryOverManyElements(
      @ForAll Binary function,
      @ForAll @IntRange(max = 1) int aStride,
      @ForAll @IntRange(max = 1) int bStride) {
    int n = 260_011;
    float[] a = Floats.wild(n + 1, 1);
    float[] b = Floats.wild(n + 1, 2);
    b[1] = 3;
    float[] expected = new float[n + 2];
    REFERENCE.binary(function, a, 0, aStride, b, 1, bStride, expected, 1, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] out = new float[n + 2];
      kernel.binary(function, a, 0, aStride, b, 1, bStride, out, 1, n);
      Floats.assertSameBits(out, expected, "out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void unaryOverManyElements(@ForAll Unary function) {
    int n = 260_011;
    float[] in = Floats.wild(n + 3, 1);
    float[] expected = new float[n + 2];
    REFERENCE.unary(function, in, 3, expected, 1, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] out = new float[n + 2];
      kernel.unary(function, in, 3, out, 1, n);
      Floats.assertSameBits(out, expected, "out");
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void selectAtEachLengthAndOffset(
      @ForAll("lengths") int n, @ForAll @IntRange(max = 2) int offset) {
    selectsAsTheReference(n, offset);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void selectOverManyElements(@ForAll @IntRange(max = 1) int offset) {
    selectsAsTheReference(260_011, offset);
  }

  private static void selectsAsTheReference(int n, int offset) {
    float[] condition = Floats.wild(n + 4, n);
    float[] a = Floats.wild(n + 4, ~n);
    float[] b = Floats.tame(n + 4, n);
    float[] before = Floats.tame(n + 4, ~n);
    float[] expected = before.clone();
    REFERENCE.select(condition, offset, a, 2 - offset, b, 1, expected, offset, n);

    for (Elementwise kernel : UnderTest.elementwise()) {
      float[] out = before.clone();
      kernel.select(condition, offset, a, 2 - offset, b, 1, out, offset, n);
      Floats.assertSameBits(out, expected, "out");

      float[] inOut = a.clone();
      kernel.select(condition, offset, inOut, 1, b, 1, inOut, 1, n);
      float[] inPlace = a.clone();
      REFERENCE.select(condition, offset, inPlace, 1, b, 1, inPlace, 1, n);
      Floats.assertSameBits(inOut, inPlace, "in and out");
    }
  }
}
