package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * First and second derivatives against difference quotients of the losses' formulas, written out in
 * double.
 */
class LossDerivativesProperties {
  private static final int CLASSES = 3;
  private static final double[] WEIGHTS = {0.5, 2, 1.25};
  private static final int IGNORED = -100;

  /**
   * A loss, and its formula.
   *
   * @param exactly of predictions [batch, classes]
   */
  private record Case(
      String name,
      Function<Targets, Function<Tensor, Tensor>> loss,
      Function<Targets, ToDoubleFunction<double[][]>> exactly) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What any of the losses may be asked for. */
  private record Targets(int[] labels, double[][] values, double[][] shares) {
    static Targets draw(int batch, RandomStream random) {
      int[] labels = new int[batch];
      double[][] values = new double[batch][CLASSES];
      double[][] shares = new double[batch][CLASSES];
      for (int i = 0; i < batch; i++) {
        labels[i] = i > 0 && random.nextInt(4) == 0 ? IGNORED : random.nextInt(CLASSES);
        for (int c = 0; c < CLASSES; c++) {
          values[i][c] = random.nextFloat(-2, 2);
          shares[i][c] = random.nextInt(4) / 4.0;
        }
      }
      return new Targets(labels, values, shares);
    }

    Indices indices() {
      return Indices.of(labels);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "cross entropy",
              t ->
                  x ->
                      new CrossEntropy()
                          .withLabelSmoothing(0.25)
                          .withClassWeights(WEIGHTS)
                          .ignoring(IGNORED)
                          .of(x, t.indices()),
              t -> x -> crossEntropy(x, t.labels())),
          new Case(
              "negative log likelihood",
              t ->
                  x ->
                      new NegativeLogLikelihood()
                          .withClassWeights(WEIGHTS)
                          .ignoring(IGNORED)
                          .of(x.sin(), t.indices()),
              t -> x -> negativeLogLikelihood(x, t.labels())),
          new Case(
              "binary",
              t ->
                  x ->
                      new BinaryCrossEntropyWithLogits()
                          .withPositiveWeight(WEIGHTS)
                          .of(x, tensor(t.shares())),
              t -> x -> mean(x, (i, c) -> binary(x[i][c], t.shares()[i][c], WEIGHTS[c]))),
          new Case(
              "huber",
              t -> x -> new Huber(0.75).of(x, tensor(t.values())),
              t -> x -> mean(x, (i, c) -> huber(x[i][c] - t.values()[i][c]))),
          new Case(
              "mean squared error",
              t -> x -> new MeanSquaredError().of(x, tensor(t.values())),
              t -> x -> mean(x, (i, c) -> Math.pow(x[i][c] - t.values()[i][c], 2))),
          new Case(
              "kullback leibler",
              t -> x -> new KullbackLeibler().of(x.sin(), tensor(t.shares())),
              t ->
                  x ->
                      CLASSES
                          * mean(x, (i, c) -> divergence(t.shares()[i][c], Math.sin(x[i][c])))));

  private interface Term {
    double at(int row, int column);
  }

  private static double mean(double[][] x, Term term) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int c = 0; c < CLASSES; c++) {
        sum += term.at(i, c);
      }
    }
    return sum / x.length / CLASSES;
  }

  private static double crossEntropy(double[][] x, int[] labels) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < x.length; i++) {
      if (labels[i] != IGNORED) {
        double all = 0;
        for (double logit : x[i]) {
          all += Math.exp(logit);
        }
        for (int c = 0; c < CLASSES; c++) {
          double share = 0.25 / CLASSES + (c == labels[i] ? 0.75 : 0);
          sum -= WEIGHTS[c] * share * Math.log(Math.exp(x[i][c]) / all);
        }
        weights += WEIGHTS[labels[i]];
      }
    }
    return sum / weights;
  }

  private static double negativeLogLikelihood(double[][] x, int[] labels) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < x.length; i++) {
      if (labels[i] != IGNORED) {
        sum -= WEIGHTS[labels[i]] * Math.sin(x[i][labels[i]]);
        weights += WEIGHTS[labels[i]];
      }
    }
    return sum / weights;
  }

  private static double binary(double logit, double answer, double weight) {
    double yes = 1 / (1 + Math.exp(-logit));
    return -weight * answer * Math.log(yes) - (1 - answer) * Math.log(1 - yes);
  }

  private static double huber(double error) {
    return Math.abs(error) < 0.75 ? error * error / 2 : 0.75 * (Math.abs(error) - 0.375);
  }

  private static double divergence(double share, double logProbability) {
    return share == 0 ? 0 : share * (Math.log(share) - logProbability);
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(CASES);
  }

  @Property
  void gradientsAreDifferenceQuotients(
      @ForAll("cases") Case test,
      @ForAll @IntRange(min = 1, max = 4) int batch,
      @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "test");
    Targets targets = Targets.draw(batch, random);
    Parameter x = predictions(batch, targets, random);

    Tensor loss = test.loss().apply(targets).apply(x);
    Tensor gradient = loss.gradients(List.of(x)).getFirst();

    ToDoubleFunction<double[][]> exactly = test.exactly().apply(targets);
    assertThat((double) loss.item()).isCloseTo(exactly.applyAsDouble(rows(x)), within(4e-6));
    for (int i = 0; i < batch; i++) {
      for (int c = 0; c < CLASSES; c++) {
        assertThat((double) gradient.get(i, c))
            .isCloseTo(slope(exactly, rows(x), i, c, 1e-5), within(2e-6));
      }
    }
  }

  @Property
  void secondDerivativesAreDifferenceQuotientsOfTheFirst(
      @ForAll("cases") Case test,
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "test");
    Targets targets = Targets.draw(batch, random);
    Parameter x = predictions(batch, targets, random);
    double[][] direction = new double[batch][CLASSES];
    for (double[] row : direction) {
      for (int c = 0; c < CLASSES; c++) {
        row[c] = random.nextFloat(-1, 1);
      }
    }

    Tensor loss = test.loss().apply(targets).apply(x);
    Tensor slopes = Backward.gradients(loss, List.of(x), true).getFirst();
    Tensor along = slopes.times(tensor(direction)).sum();
    Tensor second =
        along.requiresGradient()
            ? along.gradients(List.of(x)).getFirst()
            : Tensor.zeros(x.shape()); // a gradient that does not change

    ToDoubleFunction<double[][]> exactly = test.exactly().apply(targets);
    double step = 1e-3;
    double[][] ahead = moved(rows(x), direction, step);
    double[][] behind = moved(rows(x), direction, -step);
    for (int i = 0; i < batch; i++) {
      for (int c = 0; c < CLASSES; c++) {
        double change = slope(exactly, ahead, i, c, 1e-4) - slope(exactly, behind, i, c, 1e-4);
        assertThat((double) second.get(i, c)).isCloseTo(change / (2 * step), within(2e-5));
      }
    }
  }

  /** Not so near to a bend of Huber's loss that a difference quotient would see both sides. */
  private static Parameter predictions(int batch, Targets targets, RandomStream random) {
    float[] x = new float[batch * CLASSES];
    for (int i = 0; i < x.length; i++) {
      double target = targets.values()[i / CLASSES][i % CLASSES];
      do {
        x[i] = random.nextFloat(-3, 3);
      } while (Math.abs(Math.abs(x[i] - target) - 0.75) < 0.01);
    }
    return Parameter.of(Shape.of(batch, CLASSES), x);
  }

  private static double slope(
      ToDoubleFunction<double[][]> function, double[][] x, int row, int column, double step) {
    double here = x[row][column];
    x[row][column] = here + step;
    double above = function.applyAsDouble(x);
    x[row][column] = here - step;
    double below = function.applyAsDouble(x);
    x[row][column] = here;
    return (above - below) / (2 * step);
  }

  private static double[][] moved(double[][] from, double[][] along, double step) {
    double[][] result = new double[from.length][CLASSES];
    for (int i = 0; i < from.length; i++) {
      for (int c = 0; c < CLASSES; c++) {
        result[i][c] = from[i][c] + step * along[i][c];
      }
    }
    return result;
  }

  private static double[][] rows(Tensor x) {
    double[][] rows = new double[x.shape().length(0)][CLASSES];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < CLASSES; c++) {
        rows[i][c] = x.get(i, c);
      }
    }
    return rows;
  }

  private static Tensor tensor(double[][] rows) {
    float[] values = new float[rows.length * CLASSES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / CLASSES][i % CLASSES];
    }
    return Tensor.of(Shape.of(rows.length, CLASSES), values);
  }
}
