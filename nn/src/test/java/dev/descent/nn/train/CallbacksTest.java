package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.BatchNorm;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.ScheduleFreeSgd;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.ReduceOnPlateau;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What callbacks make of epochs that somebody wrote down. */
class CallbacksTest {
  private static final double NAN = Double.NaN;

  private static Epoch epoch(int number, double validationLoss) {
    Evaluation validation = new Evaluation(validationLoss, new LinkedHashMap<>());
    Evaluation training = new Evaluation(100 - validationLoss, new LinkedHashMap<>());
    return new Epoch(number, 10, 1.5, training, validation);
  }

  /** The number of the epoch after which training ends; 0 if it does not. */
  private static int end(EarlyStopping stopping, double... losses) {
    for (int i = 0; i < losses.length; i++) {
      if (stopping.afterEpoch(epoch(i + 1, losses[i])) == Callback.Next.STOP) {
        return i + 1;
      }
    }
    return 0;
  }

  @Test
  void stopsAfterSoManyEpochsWithoutProgress() {
    assertThat(end(new EarlyStopping(1), 3, 2, 1, 1, 0)).isEqualTo(4);
    assertThat(end(new EarlyStopping(2), 3, 2, 4, 1, 2, 0.5, 0.5, 0.6)).isEqualTo(8);
    assertThat(end(new EarlyStopping(3), 3, 4, 4, 2.9, 4, 4)).isZero();
    assertThat(end(new EarlyStopping(2), NAN, 1, NAN, NAN)).isEqualTo(4);
    assertThat(end(new EarlyStopping(2), NAN, NAN)).isEqualTo(2);
  }

  @Test
  void progressIsMoreThanTheLeastDelta() {
    double[] losses = {3, 2.75, 2.5, 2.25};

    assertThat(end(new EarlyStopping(Monitor.VALIDATION_LOSS, 1, 0.25), losses)).isEqualTo(2);
    assertThat(end(new EarlyStopping(Monitor.VALIDATION_LOSS, 1, 0.24), losses)).isZero();
    // Small steps add up: what counts is the distance to the best, not to the epoch before.
    assertThat(end(new EarlyStopping(Monitor.VALIDATION_LOSS, 2, 0.4), losses)).isZero();
  }

  @Test
  void watchesWhatItIsTold() {
    assertThat(end(new EarlyStopping(Monitor.TRAINING_LOSS, 1, 0), 3, 4, 5, 4)).isEqualTo(4);
    ConfusionMatrix confusion = new ConfusionMatrix(2);
    confusion.add(Indices.of(0, 1, 1, 1).oneHot(2), Indices.of(0, 1, 1, 0));
    Epoch epoch = new Epoch(1, 4, 1, new Evaluation(1, confusion), new Evaluation(2, confusion));

    assertThat(Monitor.validationScore("accuracy").of(epoch)).isEqualTo(-0.75);
    assertThat(Monitor.validationError("accuracy").of(epoch)).isEqualTo(0.75);
  }

  @Test
  void withoutValidationThereIsNothingToWatch() {
    Epoch epoch = new Epoch(7, 4, 1, new Evaluation(1, new LinkedHashMap<>()), null);

    assertThatIllegalStateException()
        .isThrownBy(() -> new EarlyStopping(1).afterEpoch(epoch))
        .withMessage("epoch 7 has no validation; expected fit with validation data");
  }

  @Test
  void refusesNoPatienceAndNoDelta() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(0))
        .withMessage("patience is 0; expected a whole number >= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(Monitor.VALIDATION_LOSS, 1, -1))
        .withMessage("minDelta is -1.0; expected a finite number >= 0");
  }

  // ---- the best model

  private static SequencedMap<String, Parameter> one(Parameter weight) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("weight", weight);
    return parameters;
  }

  /** A model that is one number. */
  private record OneNumber(Parameter weight) implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
      return input.times(weight);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
      return one(weight);
    }
  }

  @Test
  void bringsBackTheFirstOfTheBestEpochs() {
    OneNumber model = new OneNumber(Parameter.of(Shape.SCALAR, 0));
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());
    BestModel best = new BestModel(model, optimizer);
    double[] losses = {3, NAN, 1, 2, 1, NAN};
    for (int i = 0; i < losses.length; i++) {
      model.weight.array()[0] = 10 * i;
      assertThat(best.afterEpoch(epoch(i + 1, losses[i]))).isEqualTo(Callback.Next.CONTINUE);
    }

    Epoch restored = best.restore();

    assertThat(restored.number()).isEqualTo(3);
    assertThat(model.weight.item()).isEqualTo(20);
  }

  @Test
  void bringsBackBuffersToo() {
    BatchNorm norm = BatchNorm.of(2);
    Layer model = Sequential.of(norm, new OneNumber(Parameter.of(Shape.SCALAR, 1)));
    float[] inputs = {1, 2, 3, 4};
    model.forward(Tensor.of(Shape.of(2, 2), inputs), Pass.training(1, 0));
    float[] mean = norm.runningMean().toArray();
    Snapshot snapshot = Snapshot.of(model);

    model.forward(Tensor.of(Shape.of(2, 2), inputs), Pass.training(1, 1));
    norm.weight().array()[1] = 9;
    assertThat(norm.runningMean().toArray()).isNotEqualTo(mean);
    snapshot.restore();

    assertThat(norm.runningMean().toArray()).isEqualTo(mean);
    assertThat(norm.weight().toArray()).containsExactly(1, 1);
  }

  /** What was validated is what is kept. */
  @Test
  void keepsTheAverageOfARuleThatAverages() {
    OneNumber model = new OneNumber(Parameter.of(Shape.SCALAR, 1));
    Optimizer optimizer = new Optimizer(model.parameters(), new ScheduleFreeSgd(), 0.5);
    for (int step = 0; step < 5; step++) {
      optimizer.clearGradients();
      model.forward(Tensor.scalar(step)).backward();
      optimizer.step();
    }
    float average;
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      average = model.weight.item();
    }
    BestModel best = new BestModel(model, optimizer);
    best.afterEpoch(epoch(1, 0.5));

    assertThat(model.weight.item()).isNotEqualTo(average);
    best.restore();

    assertThat(model.weight.item()).isEqualTo(average);
  }

  @Test
  void whereNothingWasGoodNothingIsTheBest() {
    OneNumber model = new OneNumber(Parameter.of(Shape.SCALAR, 1));
    BestModel best = new BestModel(model, new Optimizer(model.parameters(), new Sgd()));
    best.afterEpoch(epoch(1, NAN));

    assertThatIllegalStateException()
        .isThrownBy(best::restore)
        .withMessage("no epoch was the best; expected training with a number");
  }

  // ---- the others

  @Test
  void tellsThePlateauWhatItWatches() {
    ReduceOnPlateau.Run schedule = new ReduceOnPlateau(1, 0.5, 1, 0, 0, 0).start();
    Plateau plateau = new Plateau(schedule);
    List<Double> rates = new ArrayList<>();
    for (double loss : new double[] {3, 3, 3, 2, 2, 2}) {
      plateau.afterEpoch(epoch(1, loss));
      rates.add(schedule.learningRate(0));
    }

    assertThat(rates).containsExactly(1.0, 1.0, 0.5, 0.5, 0.5, 0.25);

    Plateau falling = new Plateau(schedule, Monitor.TRAINING_LOSS);
    falling.afterEpoch(epoch(1, 99.5));
    assertThat(schedule.state().best()).isEqualTo(0.5);
  }

  @Test
  void writesALineForEachEpoch() {
    List<String> lines = new ArrayList<>();
    EpochLines writer = new EpochLines(lines::add);
    ConfusionMatrix confusion = new ConfusionMatrix(2);
    confusion.add(Indices.of(0, 1, 1, 1).oneHot(2), Indices.of(0, 1, 1, 0));
    Evaluation evaluation = new Evaluation(0.12345, confusion);

    writer.afterEpoch(new Epoch(3, 4, 1.258, evaluation, null));
    writer.afterEpoch(new Epoch(4, 4, 0.5, evaluation, evaluation));

    assertThat(lines)
        .containsExactly(
            "epoch 3  loss 0.1235  accuracy 0.7500  1.26 s",
            "epoch 4  loss 0.1235  accuracy 0.7500  validation loss 0.1235  validation accuracy"
                + " 0.7500  0.50 s");
  }

  @Test
  void anEvaluationKnowsWhatWasMeasured() {
    Evaluation nothing = new Evaluation(1, new LinkedHashMap<>());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evaluation(1, new ConfusionMatrix(2)).metric("auc"))
        .withMessage("the metric auc was not measured; expected one of [accuracy]");
    assertThatIllegalStateException()
        .isThrownBy(nothing::confusion)
        .withMessage("no confusion matrix was measured; expected one among []");
  }
}
