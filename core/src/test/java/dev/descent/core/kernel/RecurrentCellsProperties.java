package dev.descent.core.kernel;

import static dev.descent.core.kernel.Floats.assertSameBits;

import dev.descent.core.kernel.reference.ReferenceRecurrentCells;
import dev.descent.core.kernel.simd.SimdRecurrentCells;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The vector loops of recurrent cells give the bits of the plain loops, whatever the numbers. */
@Tag("widths")
class RecurrentCellsProperties {
  private static final RecurrentCells REFERENCE = new ReferenceRecurrentCells();

  private interface Step {
    void run(RecurrentCells cells, float[] gates, float[] states, float[] dState, float[] dGates);
  }

  /** Both on the same numbers, with more elements around than are looked at. */
  private static void assertSame(int n, Step step) {
    if (!UnderTest.simd()) {
      return; // there are no vector loops, and the plain ones are compared with the mathematics
    }
    for (boolean wild : new boolean[] {false, true}) {
      float[][] expected = numbers(n, wild);
      float[][] actual = numbers(n, wild);

      step.run(REFERENCE, expected[0], expected[1], expected[2], expected[3]);
      step.run(new SimdRecurrentCells(), actual[0], actual[1], actual[2], actual[3]);

      assertSameBits(actual[0], expected[0], "the gates");
      assertSameBits(actual[1], expected[1], "the states");
      assertSameBits(actual[2], expected[2], "the state's gradient");
      assertSameBits(actual[3], expected[3], "the gates' gradient");
    }
  }

  private static float[][] numbers(int n, boolean wild) {
    float[][] numbers = new float[4][];
    for (int i = 0; i < numbers.length; i++) {
      int size = 9 * (n + 3);
      numbers[i] = wild ? Floats.wild(size, 4L * n + i) : Floats.tame(size, 4L * n + i);
    }
    return numbers;
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void lstm(@ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 1) int more) {
    int s = n + more;
    assertSame(
        n, (cells, gates, states, d, e) -> cells.lstm(gates, 2, s, states, 1, s + 2, 2 * s + 3, n));
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void lstmGradient(
      @ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 1) int more) {
    int s = n + more;
    assertSame(
        n,
        (cells, gates, states, dState, dGates) ->
            cells.lstmGradient(
                gates, 2, s, states, 1, s + 2, states, 3, dState, 1, s + 2, dGates, 3, n));
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void gru(@ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 1) int more) {
    int s = n + more;
    assertSame(
        n, (cells, gates, states, d, e) -> cells.gru(gates, 2, 3 * s + 4, s, states, 1, s + 2, n));
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void gruGradient(@ForAll @IntRange(max = 4 * 16 + 3) int n, @ForAll @IntRange(max = 1) int more) {
    int s = n + more;
    assertSame(
        n,
        (cells, gates, states, dState, dGates) ->
            cells.gruGradient(
                gates, 2, 3 * s + 4, s, states, 1, states, 3, dState, 1, dGates, 3, 3 * s + 5, n));
  }
}
