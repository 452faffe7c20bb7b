package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceConvolution;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * Convolutions and their derivatives have the bits of the plain loops, wherever the images lie in
 * their arrays, and change nothing beside the result.
 */
@Tag("widths")
class ConvolutionProperties {
  private static final Convolution REFERENCE = new ReferenceConvolution();

  private interface Numbers {
    float[] of(int n, long seed);
  }

  private interface Computation {
    void run(Convolution kernel, float[] result);
  }

  @Provide
  static Arbitrary<Window> windows() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 4);
    Arbitrary<Integer> strides = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> paddings = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> dilations = Arbitraries.integers().between(1, 2);
    return Combinators.combine(sizes, strides, paddings, dilations).as(Window::new);
  }

  /** Both sides of a tile's rows, and of a vector of each width. */
  @Provide
  static Arbitrary<Integer> channels() {
    return Arbitraries.of(1, 2, 3, 4, 7, 8, 9, 15, 16, 17);
  }

  @Property(tries = 2000)
  void anyShape(
      @ForAll @IntRange(max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll("channels") int inputs,
      @ForAll("channels") int outputs,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll("windows") Window rows,
      @ForAll("windows") Window columns) {
    check(
        new ConvolutionShape(batch, groups, inputs, outputs, height, width, rows, columns),
        Floats::tame);
  }

  @Property(tries = 500)
  void anyNumbers(
      @ForAll @IntRange(min = 1, max = 3) int inputs,
      @ForAll @IntRange(min = 1, max = 9) int outputs,
      @ForAll @IntRange(min = 1, max = 6) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll("windows") Window rows,
      @ForAll("windows") Window columns) {
    check(new ConvolutionShape(1, 1, inputs, outputs, height, width, rows, columns), Floats::wild);
  }

  /** So many rows that they are done in several bands, and so much work that threads share it. */
  @Property(tries = 20)
  void severalBandsAndThreads(
      @ForAll @IntRange(min = 7, max = 9) int batch,
      @ForAll("windows") Window rows,
      @ForAll("windows") Window columns) {
    check(new ConvolutionShape(batch, 1, 3, 17, 70, 61, rows, columns), Floats::tame);
  }

  private static void check(ConvolutionShape shape, Numbers numbers) {
    if (shape.outHeight() < 1 || shape.outWidth() < 1) {
      return;
    }
    int images = shape.batch() * shape.groups();
    int inputs = images * shape.inputs() * shape.height() * shape.width();
    int outputs = images * shape.outputs() * shape.outHeight() * shape.outWidth();
    int weights = shape.groups() * shape.outputs() * shape.taps();
    Slice input = slice(inputs, numbers, 1);
    Slice gradient = slice(outputs, numbers, 2);
    Slice weight = slice(weights, numbers, 3);
    Slice bias = slice(shape.groups() * shape.outputs(), numbers, 4);

    same(
        "forward",
        outputs,
        (kernel, y) ->
            kernel.forward(shape, input, weight, bias, new Slice(y, 3), 0, shape.batch()));
    same(
        "input gradient",
        inputs,
        (kernel, dx) ->
            kernel.inputGradient(shape, gradient, weight, new Slice(dx, 3), 0, shape.batch()));
    same(
        "weight gradient",
        weights,
        (kernel, dw) ->
            kernel.weightGradient(shape, input, gradient, new Slice(dw, 3), 0, shape.outputs()));
  }

  /** Elements from an offset on, as many as needed and not one more. */
  private static Slice slice(int n, Numbers numbers, long seed) {
    return new Slice(numbers.of(5 + n, seed), 5);
  }

  private static void same(String what, int n, Computation computation) {
    float[] before = Floats.tame(3 + n + 2, 9);
    float[] expected = before.clone();
    computation.run(REFERENCE, expected);
    for (Convolution kernel : UnderTest.convolutions()) {
      float[] result = before.clone();
      computation.run(kernel, result);
      Floats.assertSameBits(result, expected, what + " of " + kernel.getClass().getSimpleName());
    }
  }
}
