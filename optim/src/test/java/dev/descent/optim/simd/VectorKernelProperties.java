package dev.descent.optim.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Where a range is cut, at its ends or for cache lines, changes no bit of any coordinate. */
@Tag("widths")
class VectorKernelProperties {
  private static final VectorKernel ADAM = new AdamKernel(0.9, 0.999, 1e-8);
  private static final int ROOM = 20;
  private static final int BEYOND = 100;

  @Property(tries = 20)
  void aLargeRangeIsUpdatedAsSmallOnesAre(
      @ForAll @IntRange(max = ROOM) int pAt,
      @ForAll @IntRange(max = ROOM) int gAt,
      @ForAll @IntRange(max = ROOM) int at,
      @ForAll @IntRange(max = 50) int more,
      @ForAll @IntRange(min = 1, max = 1 << 18) int small) {
    int length = VectorKernel.LARGE + more;
    float[] ps = numbers("parameters", length);
    float[] gs = numbers("gradients", length);
    float[][] slots = {numbers("m", length), squares("v", length)};
    float[] expectedPs = ps.clone();
    float[][] expectedSlots = {slots[0].clone(), slots[1].clone()};
    for (int from = 0; from < length; from += small) {
      int part = Math.min(small, length - from);
      ADAM.update(expectedPs, pAt + from, gs, gAt + from, expectedSlots, at + from, part, 0.01, 3);
    }

    ADAM.update(ps, pAt, gs, gAt, slots, at, length, 0.01, 3);

    assertThat(Arrays.equals(ps, expectedPs)).as("parameters").isTrue();
    assertThat(Arrays.deepEquals(slots, expectedSlots)).as("slots").isTrue();
  }

  private static float[] numbers(String name, int length) {
    RandomStream random = RandomStream.of(1, name);
    float[] numbers = new float[length + BEYOND];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat(-1, 1);
    }
    return numbers;
  }

  private static float[] squares(String name, int length) {
    float[] squares = numbers(name, length);
    for (int i = 0; i < squares.length; i++) {
      squares[i] *= squares[i];
    }
    return squares;
  }
}
