package dev.descent.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {

  // ---- the same numbers for ever, computed with integers of any size in Python from the formulas

  @Test
  void longs() {
    assertThat(longs(RandomStream.of(0, "")))
        .containsExactly(
            0xa706dd2f4d197e6fL, 0xb382a305f4414f5eL, 0x631a9154fbabf717L, 0xa80aba8c86640906L);
    assertThat(longs(RandomStream.of(42, "shuffle", 7)))
        .containsExactly(
            0x0b76bd9b8eff6eb9L, 0x86cece235753b151L, 0x25e3844bd38c24d4L, 0x3e69252c1db7123dL);
    assertThat(longs(RandomStream.of(-1, "0.weight", 3, -5)))
        .containsExactly(
            0x9b9419420eae6618L, 0xcc7dc852063a1e31L, 0x19b590fda6480d29L, 0xa85baf83c59750c5L);
  }

  private static long[] longs(RandomStream random) {
    return LongStream.generate(random::nextLong).limit(4).toArray();
  }

  @Test
  void ints() {
    RandomStream small = RandomStream.of(1, "int");
    RandomStream big = RandomStream.of(1, "big");

    assertThat(IntStream.generate(() -> small.nextInt(10)).limit(12))
        .containsExactly(8, 9, 8, 4, 9, 5, 4, 4, 0, 1, 0, 9);
    assertThat(IntStream.generate(() -> big.nextInt(3 << 29)).limit(6))
        .containsExactly(253507780, 478130450, 1578761395, 1102958751, 889744148, 1403421127);
  }

  @Test
  void floatsDoublesAndGaussians() {
    RandomStream floats = RandomStream.of(1, "float");
    RandomStream doubles = RandomStream.of(1, "double");
    RandomStream gaussians = RandomStream.of(1, "gaussian");

    assertThat(new float[] {floats.nextFloat(), floats.nextFloat()})
        .containsExactly(0.5521306f, 0.8201484f);
    assertThat(new double[] {doubles.nextDouble(), doubles.nextDouble()})
        .containsExactly(0.23924452764143522, 0.5818375333958041);
    assertThat(new double[] {gaussians.nextGaussian(), gaussians.nextGaussian()})
        .containsExactly(1.1565640378403363, -1.2109958632384272);
  }

  @Test
  void shuffles() {
    int[] elements = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    RandomStream.of(1, "shuffle").shuffle(elements);

    assertThat(elements).containsExactly(5, 6, 2, 3, 4, 0, 8, 7, 1, 9);
  }

  // ---- streams of different names

  @Test
  void whatOthersAskedForChangesNothing() {
    long[] alone = longs(RandomStream.of(7, "dropout", 2));

    RandomStream other = RandomStream.of(7, "dropout", 1);
    RandomStream again = RandomStream.of(7, "dropout", 2);
    other.nextGaussian();

    assertThat(longs(again)).containsExactly(alone);
  }

  @Test
  void noTwoNamesBeginAlike() {
    Set<Long> first = new HashSet<>();
    int streams = 0;
    for (long seed = -20; seed < 20; seed++) {
      for (String purpose : new String[] {"", "a", "b", "ab", "ba", "aa", "0.weight", "0.bias"}) {
        first.add(RandomStream.of(seed, purpose).nextLong());
        streams++;
        for (long index = -20; index < 80; index++) {
          first.add(RandomStream.of(seed, purpose, index).nextLong());
          first.add(RandomStream.of(seed, purpose, index, index).nextLong());
          first.add(RandomStream.of(seed, purpose, index, 100 + index).nextLong());
          streams += 3;
        }
      }
    }

    assertThat(first).hasSize(streams);
  }

  @Test
  void purposeAndIndicesAreNotRunTogether() {
    Set<Long> first = new HashSet<>();
    first.add(RandomStream.of(1, "ab").nextLong());
    first.add(RandomStream.of(1, "a", 'b').nextLong());
    first.add(RandomStream.of(1, "", 'a', 'b').nextLong());
    first.add(RandomStream.of(1, "a", 1, 2).nextLong());
    first.add(RandomStream.of(1, "a", 2, 1).nextLong());
    first.add(RandomStream.of(1, "a", 12).nextLong());
    first.add(RandomStream.of(1, "a1", 2).nextLong());
    first.add(RandomStream.of(1, "a", 0).nextLong());
    first.add(RandomStream.of(1, "a").nextLong());
    first.add(RandomStream.of(1, "a", 0, 0).nextLong());

    assertThat(first).hasSize(10);
  }

  /** A neighbouring seed or index flips each bit with probability one half. */
  @Test
  void neighboursHaveNothingInCommon() {
    int[] flipped = new int[64];
    int pairs = 4000;
    for (int i = 0; i < pairs; i++) {
      long here = RandomStream.of(i, "a", i).nextLong();
      long there =
          i % 2 == 0
              ? RandomStream.of(i, "a", i + 1).nextLong()
              : RandomStream.of(i + 1, "a", i).nextLong();
      for (int bit = 0; bit < 64; bit++) {
        flipped[bit] += (int) ((here ^ there) >>> bit & 1);
      }
    }

    // Five standard deviations of a binomial distribution.
    double deviation = Math.sqrt(pairs) / 2;
    for (int n : flipped) {
      assertThat((double) n).isCloseTo(pairs / 2.0, within(5 * deviation));
    }
  }

  // ---- distributions, each with a fixed seed: chi-square in the middle 99.8 %

  @Test
  void eachNumberBelowABoundIsEquallyLikely() {
    RandomStream random = RandomStream.of(2, "uniform");
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[random.nextInt(100)]++;
    }

    assertUniform(counts);
  }

  /** Without redrawing, every third number below 3 * 2^29 would come up a third less often. */
  @Test
  void eachNumberBelowAHugeBoundIsEquallyLikely() {
    RandomStream random = RandomStream.of(2, "huge");
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[random.nextInt(99 << 24) % 99]++;
    }

    assertUniform(Arrays.copyOf(counts, 99));
  }

  @Test
  void floatsAreUniform() {
    RandomStream random = RandomStream.of(2, "floats");
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[(int) (100 * random.nextFloat())]++;
    }

    assertUniform(counts);
  }

  @Test
  void theFirstNumbersOfManyStreamsAreUniform() {
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[RandomStream.of(2, "streams", i).nextInt(100)]++;
    }

    assertUniform(counts);
  }

  @Test
  void eachOrderIsEquallyLikely() {
    RandomStream random = RandomStream.of(2, "orders");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      int[] elements = {1, 2, 3, 4, 5};
      random.shuffle(elements);
      counts.merge(Arrays.toString(elements), 1, Integer::sum);
    }

    assertUniform(counts.values().stream().mapToInt(n -> n).toArray());
    assertThat(counts).hasSize(120);
  }

  /** By the cube-root transformation of Wilson and Hilferty, 3.1 standard deviations. */
  private static void assertUniform(int[] counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    double freedom = counts.length - 1;
    double variance = 2 / (9 * freedom);
    double normal = (Math.cbrt(chiSquare / freedom) - (1 - variance)) / Math.sqrt(variance);

    assertThat(normal).isBetween(-3.1, 3.1);
  }

  @Test
  void gaussiansHaveTheMomentsOfTheNormalDistribution() {
    RandomStream random = RandomStream.of(2, "normal");
    int n = 200_000;
    double[] numbers = DoubleStream.generate(random::nextGaussian).limit(n).toArray();

    // Each within four standard errors: the moments' variances are 1, 2, 15 and 96.
    double[] expected = {0, 1, 0, 3};
    double[] variances = {1, 2, 15, 96};
    for (int power = 1; power <= 4; power++) {
      int exponent = power;
      double moment = Arrays.stream(numbers).map(x -> Math.pow(x, exponent)).average().orElse(0);
      assertThat(moment)
          .describedAs("moment %d", power)
          .isCloseTo(expected[power - 1], within(4 * Math.sqrt(variances[power - 1] / n)));
    }
    assertThat(Arrays.stream(numbers).filter(x -> Math.abs(x) > 1.959964).count() / (double) n)
        .isCloseTo(0.05, within(4 * Math.sqrt(0.05 * 0.95 / n)));
  }

  // ---- what is asked for wrongly

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aBoundThatIsNotPositiveIsRefused(int bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomStream.of(1, "a").nextInt(bound))
        .withMessage("bound is " + bound + "; expected at least 1");
  }

  @Test
  void anEmptyOrEndlessIntervalIsRefused() {
    float[][] intervals = {
      {1, 1}, {2, 1}, {Float.NaN, 1}, {0, Float.NaN}, {0, Float.POSITIVE_INFINITY}, {-3e38f, 3e38f}
    };
    for (float[] interval : intervals) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RandomStream.of(1, "a").nextFloat(interval[0], interval[1]))
          .withMessage(
              "interval [%s, %s); expected from < to, a finite distance apart",
              interval[0], interval[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void whatIsNoProbabilityIsRefused(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomStream.of(1, "a").nextZeros(probability, 1, new float[1]))
        .withMessage("probability is " + probability + "; expected 0 to 1");
  }
}
