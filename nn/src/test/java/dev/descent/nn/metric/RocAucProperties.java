package dev.descent.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RocAucProperties {
  private record Sample(float[] scores, float[] targets) {
    static Sample draw(int size, int levels, RandomStream random) {
      float[] scores = new float[size];
      float[] targets = new float[size];
      for (int i = 0; i < size; i++) {
        scores[i] = random.nextInt(levels) - levels / 2;
        targets[i] = i < 2 ? i : random.nextInt(2); // at least one of each
      }
      return new Sample(scores, targets);
    }

    double auc() {
      RocAuc auc = new RocAuc();
      auc.add(
          Tensor.of(Shape.of(scores.length), scores), Tensor.of(Shape.of(scores.length), targets));
      return auc.value();
    }
  }

  /** Few levels make many ties. */
  @Property
  void isTheProbabilityOfTheRightOrder(
      @ForAll @IntRange(min = 2, max = 200) int size,
      @ForAll @IntRange(min = 1, max = 50) int levels,
      @ForAll long seed) {
    Sample sample = Sample.draw(size, levels, RandomStream.of(seed, "test"));

    double right = 0;
    int pairs = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (sample.targets[i] == 1 && sample.targets[j] == 0) {
          pairs++;
          right += sample.scores[i] > sample.scores[j] ? 1 : 0;
          right += sample.scores[i] == sample.scores[j] ? 0.5 : 0;
        }
      }
    }

    assertThat(sample.auc()).isCloseTo(right / pairs, within(1e-12));
  }

  /** The other definition: trapezoids under the curve of true and false positive rates. */
  @Property
  void isTheAreaUnderTheCurve(
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 20) int levels,
      @ForAll long seed) {
    Sample sample = Sample.draw(size, levels, RandomStream.of(seed, "test"));

    double area = 0;
    double[] before = {0, 0};
    for (int threshold = levels; threshold >= -levels; threshold--) {
      double[] rates = rates(sample, threshold);
      area += (rates[0] - before[0]) * (rates[1] + before[1]) / 2;
      before = rates;
    }

    assertThat(sample.auc()).isCloseTo(area, within(1e-12));
  }

  /** The part of the negatives, and of the positives, with at least some score. */
  private static double[] rates(Sample sample, int threshold) {
    double[] all = {0, 0};
    double[] found = {0, 0};
    for (int i = 0; i < sample.scores.length; i++) {
      int kind = (int) sample.targets[i];
      all[kind]++;
      found[kind] += sample.scores[i] >= threshold ? 1 : 0;
    }
    return new double[] {found[0] / all[0], found[1] / all[1]};
  }

  @Property
  void turnsAroundWithTheScores(@ForAll @IntRange(min = 2, max = 60) int size, @ForAll long seed) {
    Sample sample = Sample.draw(size, 9, RandomStream.of(seed, "test"));
    float[] reversed = new float[size];
    for (int i = 0; i < size; i++) {
      reversed[i] = -sample.scores[i];
    }

    assertThat(new Sample(reversed, sample.targets).auc())
        .isCloseTo(1 - sample.auc(), within(1e-12));
  }
}
