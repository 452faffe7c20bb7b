package dev.descent.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RandomStreamProperties {

  @Property
  void intsAreBelowTheBound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
    RandomStream random = RandomStream.of(seed, "int");
    for (int i = 0; i < 20; i++) {
      assertThat(random.nextInt(bound)).isBetween(0, bound - 1);
    }
  }

  @Property
  void floatsAndDoublesAreMultiplesOfTheirUnitBelowOne(@ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "float");
    for (int i = 0; i < 20; i++) {
      float single = random.nextFloat();
      double number = random.nextDouble();
      assertThat(single).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(number).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(single * 0x1p24 % 1).isZero();
      assertThat(number * 0x1p53 % 1).isZero();
    }
  }

  @Property
  void floatsStayInsideTheirInterval(@ForAll long seed, @ForAll float a, @ForAll float b) {
    float from = Math.min(a, b);
    float to = Math.max(a, b);
    Assume.that(from < to && Float.isFinite(to - from));

    RandomStream random = RandomStream.of(seed, "float");
    for (int i = 0; i < 20; i++) {
      assertThat(random.nextFloat(from, to)).isGreaterThanOrEqualTo(from).isLessThan(to);
    }
  }

  /** Where rounding alone could reach the end. */
  @Property
  void floatsStayInsideTheNarrowestInterval(@ForAll long seed, @ForAll float from) {
    float to = Math.nextUp(from);
    Assume.that(Float.isFinite(to));

    RandomStream random = RandomStream.of(seed, "float");
    for (int i = 0; i < 20; i++) {
      assertThat(random.nextFloat(from, to)).isEqualTo(from);
    }
  }

  /** By vectors and several threads or not: the numbers are those of one draw after the other. */
  @Property(tries = 300)
  @Tag("widths")
  void zerosAreDrawnAsNumbersAre(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 1) double probability,
      @ForAll @IntRange(max = 200_000) int size) {
    RandomStream one = RandomStream.of(seed, "zeros");
    RandomStream all = RandomStream.of(seed, "zeros");
    float[] out = new float[size];

    all.nextZeros(probability, 1.25f, out);

    for (int i = 0; i < size; i++) {
      float expected = one.nextFloat() < probability ? 0 : 1.25f;
      if (Float.floatToIntBits(out[i]) != Float.floatToIntBits(expected)) {
        throw new AssertionError("element " + i + " is " + out[i] + "; expected " + expected);
      }
    }
    assertThat(all.nextLong()).as("what comes next").isEqualTo(one.nextLong());
  }

  @Property
  void gaussiansAreFinite(@ForAll long seed) {
    assertThat(RandomStream.of(seed, "gaussian").nextGaussian()).isFinite();
  }

  @Property
  void aShuffleKeepsTheElements(@ForAll long seed, @ForAll @IntRange(max = 200) int n) {
    int[] elements = IntStream.range(0, n).toArray();

    RandomStream.of(seed, "shuffle").shuffle(elements);

    assertThat(elements).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
  }
}
