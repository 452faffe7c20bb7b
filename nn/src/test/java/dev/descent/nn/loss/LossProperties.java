package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Losses and their gradients against the formulas, written out in double. */
class LossProperties {
  @Property
  void crossEntropyIsTheMeanOfTheNegativeLogarithms(
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll @IntRange(min = 1, max = 70) int classes,
      @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "test");
    Parameter logits = Parameter.of(Shape.of(batch, classes), numbers(batch * classes, random));
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(classes);
    }

    var loss = new CrossEntropy().of(logits, Indices.of(labels));
    loss.backward();

    double expected = 0;
    float[] gradient = logits.gradient().toArray();
    for (int i = 0; i < batch; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits.get(i, c));
      }
      expected -= Math.log(Math.exp(logits.get(i, labels[i])) / sum) / batch;
      for (int c = 0; c < classes; c++) {
        double slope = (Math.exp(logits.get(i, c)) / sum - (c == labels[i] ? 1 : 0)) / batch;
        assertThat((double) gradient[i * classes + c]).isCloseTo(slope, within(1e-6 / batch));
      }
    }
    assertThat((double) loss.item()).isCloseTo(expected, within(4e-6));
  }

  @Property
  void meanSquaredErrorIsTheMeanOfTheSquares(
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll @IntRange(min = 1, max = 70) int outputs,
      @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "test");
    int n = batch * outputs;
    Parameter predictions = Parameter.of(Shape.of(batch, outputs), numbers(n, random));
    Parameter targets = Parameter.of(predictions.shape(), numbers(n, random));

    var loss = new MeanSquaredError().of(predictions, targets);
    loss.backward();

    double expected = 0;
    for (int i = 0; i < n; i++) {
      double error = (double) predictions.array()[i] - targets.array()[i];
      expected += error * error / n;
      assertThat((double) predictions.gradient().toArray()[i])
          .isCloseTo(2 * error / n, within(4e-6 / n));
      assertThat((double) targets.gradient().toArray()[i])
          .isCloseTo(-2 * error / n, within(4e-6 / n));
    }
    assertThat((double) loss.item()).isCloseTo(expected, within(1e-6 * (1 + expected)));
  }

  private static float[] numbers(int n, RandomStream random) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextFloat(-5, 5);
    }
    return numbers;
  }
}
