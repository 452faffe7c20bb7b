package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.loss.Loss;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** More than two batches, and the last one much smaller. */
  private static final int SIZE = 1003;

  private static final Layer IDENTITY = (input, _) -> input;

  /** Inputs are the logits: mostly class 0 is said, in the last three examples class 1. */
  private static final Dataset DATA = data();

  private static Dataset data() {
    float[] logits = new float[SIZE * 2];
    int[] labels = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      logits[2 * i + (i < 1000 ? 0 : 1)] = i / 100f;
      labels[i] = i % 4 == 0 ? 1 : 0;
    }
    return new Dataset(Tensor.of(Shape.of(SIZE, 2), logits), Indices.of(labels), 2);
  }

  @Test
  void isTheMeanOverExamplesAndNotOverBatches() {
    double expected = 0;
    for (int i = 0; i < SIZE; i++) {
      double margin = DATA.inputs().get(i, 0) - (double) DATA.inputs().get(i, 1);
      expected += Math.log1p(Math.exp(DATA.labels().get(i) == 0 ? -margin : margin)) / SIZE;
    }

    Evaluation evaluation = Evaluation.of(IDENTITY, new CrossEntropy(), DATA);

    assertThat(evaluation.loss()).isCloseTo(expected, within(1e-6));
  }

  /** Exact: whatever the batches, their means weighted by size make up the whole. */
  @Test
  void weighsBatchesByTheirSize() {
    Loss<Indices> share =
        (_, labels) ->
            Tensor.scalar((float) Arrays.stream(labels.toArray()).average().orElseThrow());

    Evaluation evaluation = Evaluation.of(IDENTITY, share, DATA);

    assertThat(evaluation.loss()).isCloseTo(251.0 / SIZE, within(1e-7));
  }

  @Test
  void countsEveryExample() {
    Evaluation evaluation = Evaluation.of(IDENTITY, new CrossEntropy(), DATA);

    assertThat(evaluation.confusion().total()).isEqualTo(SIZE);
    assertThat(evaluation.confusion().total(1)).isEqualTo(251);
    assertThat(evaluation.confusion().count(1, 1)).isEqualTo(1); // example 1000
    assertThat(evaluation.confusion().count(0, 1)).isEqualTo(2); // 1001 and 1002
    assertThat(evaluation.confusion().count(0, 0)).isEqualTo(750);
    assertThat(evaluation.accuracy()).isEqualTo(751.0 / SIZE);
  }

  @Test
  void dropsNothingAndLeavesNoGradient() {
    Linear linear = Linear.of(2, 2, RandomStream.of(1, "test"));

    Evaluation plain = Evaluation.of(linear, new CrossEntropy(), DATA);
    Evaluation dropping =
        Evaluation.of(Sequential.of(new Dropout(0.9), linear), new CrossEntropy(), DATA);

    assertThat(dropping.loss()).isEqualTo(plain.loss());
    assertThat(linear.weight().gradient()).isNull();
  }

  @Test
  void nothingHasNoLossAndNoAccuracy() {
    Evaluation evaluation = Evaluation.of(IDENTITY, new CrossEntropy(), DATA.subset());

    assertThat(evaluation.loss()).isNaN();
    assertThat(evaluation.accuracy()).isNaN();
  }
}
