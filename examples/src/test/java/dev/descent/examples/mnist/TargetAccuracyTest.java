package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Callback.Next;
import dev.descent.nn.train.Progress;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.ScheduleFreeSgd;
import dev.descent.optim.rule.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetAccuracyTest {
  private static final int SIZE = 1100;
  private static final Progress PROGRESS = new Progress(1, 1, 1, 1, 0, 0, new LinkedHashMap<>());

  private final Parameter weight = Parameter.of(Shape.SCALAR, 1);
  private final Optimizer optimizer = new Optimizer(parameters(), new Sgd(), 1);
  private final List<Integer> read = new ArrayList<>();

  /** Reads class 0 while the weight is positive, and 1 otherwise. */
  private final Layer model =
      (input, _) -> {
        int n = input.shape().length(0);
        Tensor logits = Tensor.zeros(Shape.of(n, 2));
        for (int i = 0; i < n; i++) {
          read.add((int) input.get(i, 0));
          logits.array()[2 * i + (weight.item() > 0 ? 0 : 1)] = 1;
        }
        return logits;
      };

  /** Images of class 0 but for some, which the model misreads. Each shows its own number. */
  private static Dataset images(int from, int to) {
    float[] numbers = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = i;
    }
    int[] labels = new int[SIZE];
    Arrays.fill(labels, from, to, 1);
    return new Dataset(Tensor.of(Shape.of(SIZE, 1), numbers), Indices.of(labels), 2);
  }

  private SequencedMap<String, Parameter> parameters() {
    return new LinkedHashMap<>(Map.of("weight", weight));
  }

  private void steps(Optimizer optimizer, int count, float gradient) {
    for (int step = 0; step < count; step++) {
      optimizer.clearGradients();
      weight.times(gradient).backward();
      optimizer.step();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 11, 0.99, STOP, 1100", // 1089 of 1100 is 0.99
    "0, 11, 0.9901, CONTINUE, 32",
    "1089, 1100, 0.99, STOP, 1100",
    "1089, 1100, 0.9901, CONTINUE, 1100",
    "490, 510, 0.99, CONTINUE, 512",
    "0, 0, 1, STOP, 1100",
    "600, 601, 1, CONTINUE, 608",
    "0, 1100, 0, STOP, 1100"
  })
  void readsImagesUntilTheAnswerIsKnown(int from, int to, double target, Next next, int count) {
    steps(optimizer, 100, 0);

    assertThat(new TargetAccuracy(target, model, optimizer, images(from, to)).afterStep(PROGRESS))
        .isEqualTo(next);
    assertThat(read).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void beginsWithWhatWasMisreadAndThenWithWhatWasNotReadYet() {
    TargetAccuracy look = new TargetAccuracy(0.99, model, optimizer, images(500, 520));
    steps(optimizer, 100, 0);
    assertThat(look.afterStep(PROGRESS)).isEqualTo(Next.CONTINUE);
    assertThat(read).hasSize(512);
    read.clear();

    steps(optimizer, 100, 0);
    assertThat(look.afterStep(PROGRESS)).isEqualTo(Next.CONTINUE);

    assertThat(read).isEqualTo(IntStream.range(500, 532).boxed().toList());
  }

  @Test
  void whatIsReadRightAgainIsReadLast() {
    TargetAccuracy look = new TargetAccuracy(0.99, model, optimizer, images(500, 512));
    steps(optimizer, 100, 0);
    assertThat(look.afterStep(PROGRESS)).isEqualTo(Next.CONTINUE);
    read.clear();

    steps(optimizer, 100, 0.02f); // to where the weight is below 0 and only those are read right
    assertThat(look.afterStep(PROGRESS)).isEqualTo(Next.CONTINUE);
    assertThat(read).isEqualTo(IntStream.range(500, 532).boxed().toList());
    read.clear();

    steps(optimizer, 100, 0);
    assertThat(look.afterStep(PROGRESS)).isEqualTo(Next.CONTINUE);
    assertThat(read).isEqualTo(IntStream.range(512, 544).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"99, CONTINUE", "100, STOP", "150, CONTINUE", "200, STOP"})
  void looksAfterEveryHundredSteps(int steps, Next next) {
    steps(optimizer, steps, 0);

    assertThat(new TargetAccuracy(1, model, optimizer, images(0, 0)).afterStep(PROGRESS))
        .isEqualTo(next);
  }

  /** As the trainer does after the epoch, whose figure must reach the target, too. */
  @Test
  void rulesThatAverageAreJudgedByTheirAverage() {
    Optimizer averaging = new Optimizer(parameters(), new ScheduleFreeSgd(), 1);
    steps(averaging, 100, 0.019f);
    boolean isPositive = weight.item() > 0;
    boolean isPositiveOnAverage;
    try (Optimizer.Averaged _ = averaging.averaged()) {
      isPositiveOnAverage = weight.item() > 0;
    }
    assertThat(isPositiveOnAverage).isTrue().isNotEqualTo(isPositive);

    assertThat(new TargetAccuracy(1, model, averaging, images(0, 0)).afterStep(PROGRESS))
        .isEqualTo(Next.STOP);
  }
}
