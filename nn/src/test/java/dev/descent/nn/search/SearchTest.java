package dev.descent.nn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.TrainingException;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Adam;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Dataset RING = ring(60);

  /** Points of which those near to the middle are of class 1. */
  private static Dataset ring(int size) {
    RandomStream random = RandomStream.of(1, "ring");
    float[] inputs = new float[2 * size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      float x = random.nextFloat(-1, 1);
      float y = random.nextFloat(-1, 1);
      inputs[2 * i] = x;
      inputs[2 * i + 1] = y;
      labels[i] = x * x + y * y < 0.6 ? 1 : 0;
    }
    return new Dataset(Tensor.of(Shape.of(size, 2), inputs), Indices.of(labels), 2);
  }

  private record Settings(double learningRate, int hidden) {}

  private static double train(Settings settings, Split<Examples<Indices>> data) {
    RandomStream random = RandomStream.of(1, "network");
    Layer model =
        Sequential.of(
            Linear.of(2, settings.hidden(), random),
            Activation.TANH,
            new Dropout(0.1),
            Linear.of(settings.hidden(), 2, random));
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), settings.learningRate());
    Trainer<Indices> trainer = new Trainer<>(model, new CrossEntropy(), optimizer, 1);
    trainer.fit(DataLoader.shuffled(data.training(), 8, 1), null, 15);
    return trainer.evaluate(data.validation()).loss();
  }

  private static final Candidates<Settings> GRID =
      Candidates.of(new Settings(0, 0))
          .vary(List.of(1e-5, 0.03), (s, rate) -> new Settings(rate, s.hidden()))
          .vary(List.of(1, 16), (s, hidden) -> new Settings(s.learningRate(), hidden));

  @Test
  void findsWhatLearnsWhateverTheNumberOfThreads() {
    List<Split<Examples<Indices>>> folds = Folds.stratified(RING, 3, 1);

    Ranking<Settings> one = new Search<>(folds, SearchTest::train, 1).among(GRID);

    assertThat(one.best()).isEqualTo(new Settings(0.03, 16));
    assertThat(one.all()).hasSize(4);
    assertThat(one.all().getFirst().losses()).hasSize(3).doesNotHaveDuplicates();
    assertThat(one.all().getFirst().mean()).isLessThan(one.all().getLast().mean() - 0.1);
    assertThat(new Search<>(folds, SearchTest::train, 2).among(GRID)).isEqualTo(one);
    assertThat(new Search<>(folds, SearchTest::train, 7).among(GRID)).isEqualTo(one);
  }

  @Test
  void eachCandidateIsTriedOnceOnEachSplit() {
    AtomicInteger trials = new AtomicInteger();
    Trial<Integer, Indices> trial =
        (candidate, split) -> {
          trials.incrementAndGet();
          return candidate * 100 + split.validation().inputs().get(0, 0);
        };
    List<Split<Examples<Indices>>> folds = Folds.of(RING, 4, 1);

    Ranking<Integer> ranking = new Search<>(folds, trial, 3).among(Candidates.of(3, 1, 2));

    assertThat(trials).hasValue(12);
    assertThat(ranking.all()).extracting(Ranking.Result::candidate).containsExactly(1, 2, 3);
    for (int fold = 0; fold < 4; fold++) {
      assertThat(ranking.all().get(1).losses().get(fold))
          .isEqualTo(200f + folds.get(fold).validation().inputs().get(0, 0));
    }
  }

  /** Each trial waits until the other has begun. */
  @Test
  void trialsRunAtTheSameTime() {
    CountDownLatch begun = new CountDownLatch(2);
    Trial<String, Indices> trial =
        (_, _) -> {
          begun.countDown();
          try {
            return begun.await(60, TimeUnit.SECONDS) ? 1 : 0;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };

    Ranking<String> ranking =
        new Search<>(Folds.of(RING, 2, 1), trial, 2).among(Candidates.of("one"));

    assertThat(ranking.all().getFirst().losses()).containsExactly(1.0, 1.0);
  }

  // ---- the ranking

  private static Ranking.Result<String> result(String candidate, Double... losses) {
    return new Ranking.Result<>(candidate, List.of(losses));
  }

  @Test
  void ranksByTheMeanAndKeepsTheOrderOfEquals() {
    Ranking<String> ranking =
        new Ranking<>(
            List.of(
                result("failed", 0.0, Double.NaN),
                result("second", 1.0, 3.0),
                result("third", 2.0, 2.0),
                result("first", -1.0, 2.0)));

    assertThat(ranking.all())
        .extracting(Ranking.Result::candidate)
        .containsExactly("first", "second", "third", "failed");
    assertThat(ranking.best()).isEqualTo("first");
    assertThat(ranking.all().get(1).mean()).isEqualTo(2);
    assertThat(ranking.all().get(1).deviation()).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(result("one", 5.0).deviation()).isNaN();
  }

  // ---- what goes wrong

  @Test
  void settingsWithWhichTrainingFailsAreLast() {
    Trial<Integer, Indices> trial =
        (candidate, _) -> {
          if (candidate == 0) {
            throw new TrainingException("diverged");
          }
          return candidate;
        };
    List<Split<Examples<Indices>>> folds = Folds.of(RING, 2, 1);

    Ranking<Integer> ranking = new Search<>(folds, trial, 2).among(Candidates.of(0, 9, 8));

    assertThat(ranking.all()).extracting(Ranking.Result::candidate).containsExactly(8, 9, 0);
    assertThat(ranking.all().getLast().losses()).containsExactly(Double.NaN, Double.NaN);
    assertThatIllegalStateException()
        .isThrownBy(() -> new Search<>(folds, trial, 2).among(Candidates.of(0)).best())
        .withMessage("no candidate is the best: a trial of each of the 1 failed");
  }

  @Test
  void whatATrialThrowsEndsTheSearch() {
    AtomicInteger trials = new AtomicInteger();
    Trial<Integer, Indices> trial =
        (candidate, _) -> {
          trials.incrementAndGet();
          throw new IllegalArgumentException("candidate " + candidate);
        };
    Candidates<Integer> many = Candidates.drawn(1000, 1, random -> 5);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search<>(Folds.of(RING, 2, 1), trial, 1).among(many))
        .withMessage("candidate 5");
    assertThat(trials.get()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheSearch() {
    Trial<Integer, Indices> trial =
        (_, _) -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            return 1;
          }
          return 0;
        };
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> new Search<>(Folds.of(RING, 2, 1), trial, 1).among(Candidates.of(1)))
        .withMessage("the search was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesNoSplitAndNoThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search<>(List.of(), SearchTest::train))
        .withMessage("the number of splits is 0; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Search<>(Folds.of(RING, 2, 1), SearchTest::train, 0))
        .withMessage("threads is 0; expected a whole number >= 1");
  }
}
