package dev.descent.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Accuracy, precision, recall and F1 against the definitions of scikit-learn's {@code
 * precision_recall_fscore_support} with {@code zero_division=0}, transcribed as sets of examples.
 */
class ClassMetricsProperties {
  /** Examples as scikit-learn sees them: numbers of those that have a label or a prediction. */
  private record Lists(int[] labels, int[] predictions) {
    static Lists draw(int size, int classes, RandomStream random) {
      int[] labels = new int[size];
      int[] predictions = new int[size];
      for (int i = 0; i < size; i++) {
        labels[i] = random.nextInt(classes);
        predictions[i] = random.nextInt(classes);
      }
      return new Lists(labels, predictions);
    }

    ConfusionMatrix confusion(int classes) {
      ConfusionMatrix confusion = new ConfusionMatrix(classes);
      confusion.add(scores(classes), Indices.of(labels));
      return confusion;
    }

    Tensor scores(int classes) {
      return Indices.of(predictions).oneHot(classes);
    }

    private static List<Integer> whereIs(int[] values, int wanted) {
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        if (values[i] == wanted) {
          found.add(i);
        }
      }
      return found;
    }

    double precision(int c) {
      return share(whereIs(labels, c), whereIs(predictions, c));
    }

    double recall(int c) {
      return share(whereIs(predictions, c), whereIs(labels, c));
    }

    double f1(int c) {
      double p = precision(c);
      double r = recall(c);
      return p + r == 0 ? 0 : 2 * p * r / (p + r);
    }

    /** The part of the second that is in the first; nothing has no part. */
    private static double share(List<Integer> first, List<Integer> second) {
      List<Integer> both = new ArrayList<>(second);
      both.retainAll(first);
      return second.isEmpty() ? 0 : (double) both.size() / second.size();
    }

    double macro(ToDoubleBiFunction<Lists, Integer> number) {
      SortedSet<Integer> present = new TreeSet<>();
      for (int i = 0; i < labels.length; i++) {
        present.add(labels[i]);
        present.add(predictions[i]);
      }
      return present.stream().mapToDouble(c -> number.applyAsDouble(this, c)).sum()
          / present.size();
    }
  }

  @Property
  void areScikitLearns(
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll long seed) {
    Lists lists = Lists.draw(size, classes, RandomStream.of(seed, "test"));
    ConfusionMatrix confusion = lists.confusion(classes);

    for (int c = 0; c < classes; c++) {
      boolean predicted = !Lists.whereIs(lists.predictions, c).isEmpty();
      boolean label = !Lists.whereIs(lists.labels, c).isEmpty();
      assertIs(confusion.precision(c), predicted ? lists.precision(c) : Double.NaN);
      assertIs(confusion.recall(c), label ? lists.recall(c) : Double.NaN);
      assertIs(confusion.f1(c), predicted || label ? lists.f1(c) : Double.NaN);
    }
    assertIs(confusion.precision(Average.MACRO), lists.macro(Lists::precision));
    assertIs(confusion.recall(Average.MACRO), lists.macro(Lists::recall));
    assertIs(confusion.f1(Average.MACRO), lists.macro(Lists::f1));
  }

  /** Over all classes, true positives to true positives and false ones. */
  @Property
  void microIsOverTheSumsOfAllClasses(
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll long seed) {
    Lists lists = Lists.draw(size, classes, RandomStream.of(seed, "test"));
    double right = 0;
    double falsePositives = 0;
    double falseNegatives = 0;
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < size; i++) {
        boolean is = lists.labels[i] == c;
        boolean taken = lists.predictions[i] == c;
        right += is && taken ? 1 : 0;
        falsePositives += !is && taken ? 1 : 0;
        falseNegatives += is && !taken ? 1 : 0;
      }
    }

    ConfusionMatrix confusion = lists.confusion(classes);

    assertIs(confusion.precision(Average.MICRO), right / (right + falsePositives));
    assertIs(confusion.recall(Average.MICRO), right / (right + falseNegatives));
    assertIs(
        confusion.f1(Average.MICRO), 2 * right / (2 * right + falsePositives + falseNegatives));
  }

  @Property
  void accuracyIsThatOfTheConfusionMatrixOverBatches(
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll long seed) {
    Lists lists = Lists.draw(size, classes, RandomStream.of(seed, "test"));
    Metric<Indices> accuracy = new Accuracy();

    for (int from = 0; from < size; from += 4) {
      int to = Math.min(size, from + 4);
      accuracy.add(
          lists.scores(classes).slice(0, from, to),
          Indices.of(Arrays.copyOfRange(lists.labels, from, to)));
    }

    assertThat(accuracy.value()).isEqualTo(lists.confusion(classes).value());
  }

  private static void assertIs(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-12));
    }
  }
}
