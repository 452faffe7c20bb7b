package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceMaxPooling;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Pooling by the greatest element has the bits of the plain loops, ties and NaN included. */
@Tag("widths")
class MaxPoolingProperties {
  private static final MaxPooling REFERENCE = new ReferenceMaxPooling();

  private interface Computation {
    void run(MaxPooling kernel, float[] result);
  }

  @Provide
  static Arbitrary<Window> windows() {
    return Combinators.combine(
            Arbitraries.of(1, 2, 2, 2, 3),
            Arbitraries.of(1, 2, 2, 2, 3),
            Arbitraries.of(0, 0, 0, 1),
            Arbitraries.of(1, 1, 1, 2))
        .as(Window::new);
  }

  @Property(tries = 3000)
  void anyShape(
      @ForAll @IntRange(max = 3) int planes,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll("windows") Window rows,
      @ForAll("windows") Window columns,
      @ForAll @IntRange(max = 2) int numbers) {
    check(new PoolingShape(planes, height, width, rows, columns), numbers);
  }

  @Property(tries = 20)
  void severalThreads(@ForAll("windows") Window rows, @ForAll("windows") Window columns) {
    check(new PoolingShape(150, 37, 41, rows, columns), 0);
  }

  private static void check(PoolingShape shape, int numbers) {
    if (shape.outHeight() < 1 || shape.outWidth() < 1) {
      return;
    }
    int inputs = shape.planes() * shape.height() * shape.width();
    int outputs = shape.planes() * shape.outHeight() * shape.outWidth();
    float[] elements = numbers == 0 ? Floats.tame(5 + inputs, 1) : Floats.wild(5 + inputs, 1);
    if (numbers == 1) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = Math.signum(elements[i]); // ties, both zeros, some NaN
      }
    }
    Slice x = new Slice(elements, 5);
    Slice values = new Slice(Floats.tame(4 + inputs, 2), 4);
    Slice dy = new Slice(Floats.tame(5 + outputs, 3), 5);

    same("max", outputs, (kernel, y) -> kernel.max(shape, x, new Slice(y, 3), 0, shape.planes()));
    same(
        "gradient",
        inputs,
        (kernel, dx) -> kernel.gradient(shape, x, dy, new Slice(dx, 3), 0, shape.planes()));
    same(
        "choice",
        outputs,
        (kernel, y) -> kernel.choose(shape, x, values, new Slice(y, 3), 0, shape.planes()));
  }

  private static void same(String what, int n, Computation computation) {
    float[] before = Floats.tame(3 + n + 2, 9);
    float[] expected = before.clone();
    computation.run(REFERENCE, expected);
    for (MaxPooling kernel : UnderTest.maxPoolings()) {
      float[] result = before.clone();
      computation.run(kernel, result);
      Floats.assertSameBits(result, expected, what + " of " + kernel.getClass().getSimpleName());
    }
  }
}
