package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.metric.Accuracy;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.ScheduleFreeSgd;
import dev.descent.optim.rule.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Loss<Indices> LOSS = new CrossEntropy();

  /** Twelve points on a line; those to the right are of class 1. */
  private static final Dataset POINTS = points(12, 1);

  private static Dataset points(int size, long seed) {
    RandomStream random = RandomStream.of(seed, "points");
    float[] inputs = new float[size * 2];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 2;
      inputs[2 * i] = (2 * labels[i] - 1) * (1 + random.nextFloat());
      inputs[2 * i + 1] = random.nextFloat(-1, 1);
    }
    return new Dataset(Tensor.of(Shape.of(size, 2), inputs), Indices.of(labels), 2);
  }

  /** A model of two numbers: the logits are the input times each of them. */
  private record TwoNumbers(Parameter weight) implements Layer {
    TwoNumbers(float first, float second) {
      this(Parameter.of(Shape.of(1, 2), first, second));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
      return input.matmul(weight);
    }

    @Override
    public SequencedMap<String, Parameter> parameters() {
      SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("weight", weight);
      return parameters;
    }
  }

  private static Trainer<Indices> trainer(
      Layer model, Loss<Indices> loss, Optimizer optimizer, long seed, Callback... callbacks) {
    return new Trainer<>(model, loss, optimizer, seed, callbacks)
        .measuring(Evaluation.ACCURACY, Accuracy::new);
  }

  private static Dataset examples(float[] inputs, int... labels) {
    return new Dataset(Tensor.of(Shape.of(labels.length, 1), inputs), Indices.of(labels), 2);
  }

  private static Sequential network(long seed) {
    RandomStream random = RandomStream.of(seed, "network");
    return Sequential.of(
        Linear.of(2, 8, random), Activation.TANH, new Dropout(0.25), Linear.of(8, 2, random));
  }

  // ---- what is learned

  /** One step of SGD on a batch of two, with the arithmetic written out in double. */
  @Test
  void aStepIsTheOneThatPaperAndPencilGive() {
    TwoNumbers model = new TwoNumbers(0.5f, -0.25f);
    Dataset data = examples(new float[] {1, -2}, 0, 1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), 0.1);

    History history = trainer(model, LOSS, optimizer, 1).fit(DataLoader.inOrder(data, 2), null, 1);

    // Logits (0.5, -0.25) and (-1, 0.5): the softmax of two is the sigmoid of their difference.
    double p = 1 / (1 + Math.exp(-0.75)); // first example, class 0
    double q = 1 / (1 + Math.exp(1.5)); // second example, class 0
    double slope0 = (1 * (p - 1) + -2 * q) / 2;
    double slope1 = (1 * (1 - p) + -2 * (1 - q - 1)) / 2;
    assertThat((double) model.weight.get(0, 0)).isCloseTo(0.5 - 0.1 * slope0, within(1e-7));
    assertThat((double) model.weight.get(0, 1)).isCloseTo(-0.25 - 0.1 * slope1, within(1e-7));
    assertThat(history.last().trainLoss())
        .isCloseTo(-(Math.log(p) + Math.log(1 - q)) / 2, within(1e-6));
    assertThat(history.last().trainAccuracy()).isEqualTo(1);
    assertThat(history.last().validation()).isNull();
    assertThat(optimizer.stepsTaken()).isEqualTo(1);
  }

  @Test
  void trainsAsTheLoopThatAUserWouldWrite() {
    DataLoader<Indices> loader = DataLoader.shuffled(POINTS, 5, 3);
    Layer expected = network(1);
    Optimizer adam = new Optimizer(expected.parameters(), new Adam(), 0.01);
    for (int epoch = 1; epoch <= 4; epoch++) {
      for (Batch<Indices> batch : loader.epoch(epoch)) {
        Pass pass = Pass.training(9, adam.stepsTaken());
        adam.clearGradients();
        LOSS.of(expected.forward(batch.inputs(), pass), batch.targets()).backward();
        adam.step();
      }
    }

    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.01);
    trainer(model, LOSS, optimizer, 9).fit(loader, POINTS, 4);

    assertThat(digest(model)).isEqualTo(digest(expected)).isNotEqualTo(digest(network(1)));
    assertThat(optimizer.stepsTaken()).isEqualTo(12);
  }

  @Test
  void theLossGoesDownUntilAllIsRight() {
    Layer model = network(1);
    History history = fit(model, POINTS, 1, 60);

    assertThat(history.epochs()).hasSize(60);
    assertThat(history.epochs().getFirst().trainLoss()).isGreaterThan(0.4);
    assertThat(history.last().trainLoss()).isLessThan(0.05);
    assertThat(history.last().validation().loss()).isLessThan(0.05);
    assertThat(history.last().validation().accuracy()).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherOneOthers() {
    String weights = trained(1, 1);

    assertThat(trained(1, 1)).isEqualTo(weights);
    assertThat(trained(2, 1)).as("another order of the examples").isNotEqualTo(weights);
    assertThat(trained(1, 2)).as("other chance in the model").isNotEqualTo(weights);
  }

  private static String trained(long loaderSeed, long seed) {
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Momentum(), 0.1);
    trainer(model, LOSS, optimizer, seed).fit(DataLoader.shuffled(POINTS, 5, loaderSeed), null, 3);
    return digest(model);
  }

  @Test
  void validationChangesNothing() {
    Layer without = network(1);
    Layer with = network(1);
    Layer withOther = network(1);

    fit(without, null, 1, 3);
    fit(with, POINTS, 1, 3);
    fit(withOther, points(701, 2), 1, 3);

    assertThat(digest(with)).isEqualTo(digest(without));
    assertThat(digest(withOther)).isEqualTo(digest(without));
  }

  @Test
  void rulesThatAverageAreJudgedByTheirAverage() {
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new ScheduleFreeSgd(), 0.5);

    History history =
        trainer(model, LOSS, optimizer, 1).fit(DataLoader.inOrder(POINTS, 4), POINTS, 2);

    double visited = Evaluation.of(model, LOSS, POINTS).loss();
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      double averaged = Evaluation.of(model, LOSS, POINTS).loss();
      assertThat(history.last().validation().loss()).isEqualTo(averaged).isNotEqualTo(visited);
    }
  }

  @Test
  void theModelIsToldWhichStepItIsAndWhenItIsOnlyLookedAt() {
    List<Pass> passes = new ArrayList<>();
    TwoNumbers numbers = new TwoNumbers(1, 0);
    Layer model = spy(numbers, passes::add);
    Optimizer optimizer = new Optimizer(numbers.parameters(), new Sgd(), 0.1);
    Dataset data = examples(new float[] {1, 2, 3}, 0, 1, 0);

    trainer(model, LOSS, optimizer, 42).fit(DataLoader.inOrder(data, 2), data, 2);

    assertThat(passes)
        .containsExactly(
            Pass.training(42, 0),
            Pass.training(42, 1),
            Pass.EVALUATION,
            Pass.training(42, 2),
            Pass.training(42, 3),
            Pass.EVALUATION);
  }

  private static Layer spy(Layer inner, java.util.function.Consumer<Pass> listener) {
    return new Layer() {
      @Override
      public Tensor forward(Tensor input, Pass pass) {
        listener.accept(pass);
        return inner.forward(input, pass);
      }

      @Override
      public SequencedMap<String, Parameter> parameters() {
        return inner.parameters();
      }
    };
  }

  // ---- what is told

  @Test
  void tellsTheProgressOfEachStep() {
    // The loss of a batch is its size, and every prediction is class 0.
    Loss<Indices> size = (logits, labels) -> logits.sum().times(0).plus((float) labels.length());
    TwoNumbers model = new TwoNumbers(1, 0);
    Dataset data = examples(new float[] {1, 1, 1, 1, 1}, 0, 1, 1, 0, 0);
    List<Progress> told = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public Next afterStep(Progress progress) {
            told.add(progress);
            return Next.CONTINUE;
          }
        };
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), 0);

    History history =
        trainer(model, size, optimizer, 1, listener).fit(DataLoader.inOrder(data, 2), data, 2);

    assertThat(told).hasSize(6);
    assertThat(told).extracting(Progress::epoch).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(told).extracting(Progress::epochs).containsOnly(2);
    assertThat(told).extracting(Progress::examples).containsExactly(2, 4, 5, 2, 4, 5);
    assertThat(told).extracting(Progress::ofExamples).containsOnly(5);
    // Means over examples, not over batches: (2 + 2 + 2 + 2 + 1) / 5.
    assertThat(told).extracting(Progress::loss).containsExactly(2.0, 2.0, 1.8, 2.0, 2.0, 1.8);
    assertThat(told).extracting(Progress::accuracy).containsExactly(0.5, 0.5, 0.6, 0.5, 0.5, 0.6);
    assertThat(told.subList(0, 3))
        .isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
    assertThat(told.get(3).seconds()).isPositive();
    assertThat(history.epochs()).extracting(Epoch::number).containsExactly(1, 2);
    assertThat(history.epochs()).extracting(Epoch::examples).containsOnly(5);
    assertThat(history.epochs()).extracting(Epoch::trainLoss).containsOnly(1.8);
    assertThat(history.epochs()).extracting(Epoch::trainAccuracy).containsOnly(0.6);
    assertThat(history.epochs()).extracting(e -> e.validation().accuracy()).containsOnly(0.6);
    assertThat(history.epochs().get(0).seconds()).isGreaterThanOrEqualTo(told.get(2).seconds());
  }

  @Test
  void stopsAfterTheEpochThatAnyCallbackStops() {
    List<String> calls = new ArrayList<>();
    Callback second = stopping("a", 2, calls);
    Callback never = stopping("b", 99, calls);
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());

    History history =
        trainer(model, LOSS, optimizer, 1, second, never)
            .fit(DataLoader.inOrder(POINTS, 12), null, 5);

    assertThat(history.epochs()).extracting(Epoch::number).containsExactly(1, 2);
    assertThat(calls).containsExactly("a1", "b1", "a2", "b2");
    assertThat(optimizer.stepsTaken()).isEqualTo(2);
  }

  private static Callback stopping(String name, int at, List<String> calls) {
    return new Callback() {
      @Override
      public Next afterEpoch(Epoch epoch) {
        calls.add(name + epoch.number());
        return epoch.number() == at ? Next.STOP : Next.CONTINUE;
      }
    };
  }

  @Test
  void stopsAfterTheStepThatAnyCallbackStops() {
    List<String> calls = new ArrayList<>();
    Callback stopper =
        new Callback() {
          @Override
          public Next afterStep(Progress progress) {
            calls.add("a" + progress.epoch() + "." + progress.examples());
            return calls.contains("a2.8") ? Next.STOP : Next.CONTINUE;
          }
        };
    Callback listener =
        new Callback() {
          @Override
          public Next afterStep(Progress progress) {
            calls.add("b" + progress.epoch() + "." + progress.examples());
            return Next.CONTINUE;
          }

          @Override
          public Next afterEpoch(Epoch epoch) {
            calls.add("b" + epoch.number());
            return Next.CONTINUE;
          }
        };
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());

    History history =
        trainer(model, LOSS, optimizer, 1, stopper, listener)
            .fit(DataLoader.inOrder(POINTS, 4), POINTS, 5);

    assertThat(calls)
        .containsExactly(
            "a1.4", "b1.4", "a1.8", "b1.8", "a1.12", "b1.12", "b1", //
            "a2.4", "b2.4", "a2.8", "b2.8", "b2");
    assertThat(history.epochs()).extracting(Epoch::examples).containsExactly(12, 8);
    assertThat(history.last().validation()).isNotNull();
    assertThat(optimizer.stepsTaken()).isEqualTo(5);
  }

  @Test
  void callbacksNeedNotAnswer() {
    Callback silent = new Callback() {};
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());

    assertThat(
            trainer(model, LOSS, optimizer, 1, silent)
                .fit(DataLoader.inOrder(POINTS, 5), null, 3)
                .epochs())
        .hasSize(3);
  }

  /** Whatever else the machine does: what is not training is not in the seconds. */
  @Test
  void secondsAreThoseOfTrainingAlone() {
    List<Long> pauses = new ArrayList<>();
    TwoNumbers numbers = new TwoNumbers(1, 0);
    Layer slowToEvaluate =
        spy(
            numbers,
            pass -> {
              if (!pass.training()) {
                pause(pauses);
              }
            });
    Callback slow =
        new Callback() {
          @Override
          public Next afterStep(Progress progress) {
            pause(pauses);
            return Next.CONTINUE;
          }

          @Override
          public Next afterEpoch(Epoch epoch) {
            pause(pauses);
            return Next.CONTINUE;
          }
        };
    Dataset data = examples(new float[] {1, 2}, 0, 1);
    Optimizer optimizer = new Optimizer(numbers.parameters(), new Sgd(), 0.1);

    long start = System.nanoTime();
    History history =
        trainer(slowToEvaluate, LOSS, optimizer, 1, slow).fit(DataLoader.inOrder(data, 1), data, 2);
    long all = System.nanoTime() - start;

    long paused = pauses.stream().mapToLong(Long::longValue).sum();
    assertThat(pauses).hasSize(8);
    assertThat(history.seconds()).isPositive().isLessThanOrEqualTo((all - paused) / 1e9);
  }

  private static void pause(List<Long> pauses) {
    long start = System.nanoTime();
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    pauses.add(System.nanoTime() - start);
  }

  // ---- what goes wrong

  @Test
  void inputsThatAreNoNumbersAreNamedAndNothingIsLearnedFromThem() {
    TwoNumbers model = new TwoNumbers(1, 2);
    Dataset data = examples(new float[] {1, 2, Float.NaN, 4}, 0, 1, 0, 1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), 0);

    assertThatThrownBy(
            () -> trainer(model, LOSS, optimizer, 1).fit(DataLoader.inOrder(data, 2), null, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "loss is NaN at step 2 (epoch 1): the inputs of the batch hold NaN or infinity");
    assertThat(model.weight.toArray()).containsExactly(1, 2);
    assertThat(optimizer.stepsTaken()).isEqualTo(1);
  }

  @Test
  void infiniteInputsAreNamedToo() {
    assertProblem(
        new TwoNumbers(1, 2),
        examples(new float[] {Float.NEGATIVE_INFINITY}, 0),
        0.5,
        "loss is NaN at step 1 (epoch 1): the inputs of the batch hold NaN or infinity");
  }

  @Test
  void aParameterThatIsNotFiniteAnyMoreIsNamed() {
    // The first step overflows; the second one is of the same epoch and meets infinity.
    assertProblem(
        new TwoNumbers(1, 2),
        examples(new float[] {1, 1}, 0, 1),
        1e300,
        "loss is NaN at step 2 (epoch 1): parameter weight is not finite any more; the learning"
            + " rate 1.0E300 is likely too large");
  }

  @Test
  void outputsThatOverflowAreNamed() {
    assertProblem(
        new TwoNumbers(1e38f, -1e38f),
        examples(new float[] {10}, 0),
        0.25,
        "loss is NaN at step 1 (epoch 1): the model's outputs overflow; the learning rate 0.25 is"
            + " likely too large");
  }

  @Test
  void harmOfTheLastStepOfAnEpochIsFoundToo() {
    assertProblem(
        new TwoNumbers(1, 2),
        examples(new float[] {1}, 0),
        1e300,
        "parameter weight is not finite after step 1 (epoch 1): the learning rate 1.0E300 is"
            + " likely too large");
  }

  @Test
  void anInfiniteLossStopsTraining() {
    TwoNumbers model = new TwoNumbers(1, 2);
    Loss<Indices> infinite = (logits, _) -> logits.sum().times(0).plus(Float.POSITIVE_INFINITY);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), 0.5);

    assertThatThrownBy(() ->
            trainer(model, infinite, optimizer, 1)
                .fit(DataLoader.inOrder(examples(new float[] {1}, 0), 1), null, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "loss is Infinity at step 1 (epoch 1): the model's outputs overflow; the learning rate"
                + " 0.5 is likely too large");
  }

  private static void assertProblem(
      TwoNumbers model, Dataset data, double learningRate, String message) {
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), learningRate);
    assertThatThrownBy(
            () -> trainer(model, LOSS, optimizer, 1).fit(DataLoader.inOrder(data, 1), data, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessage(message);
  }

  @Test
  void refusesToTrainForNothingOrOnNothing() {
    Layer model = network(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());
    Trainer<Indices> trainer = trainer(model, LOSS, optimizer, 1);
    DataLoader<Indices> loader = DataLoader.inOrder(POINTS, 5);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(loader, null, 0))
        .withMessage("epochs is 0; expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(DataLoader.inOrder(POINTS, 13).dropLast(), null, 1))
        .withMessage(
            "Dataset[inputs=[12, 2], classes=2] makes no batch; expected at least one to learn"
                + " from");
  }

  private static History fit(Layer model, Dataset validation, long seed, int epochs) {
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.02);
    return trainer(model, LOSS, optimizer, seed)
        .fit(DataLoader.shuffled(POINTS, 5, seed), validation, epochs);
  }

  private static String digest(Layer model) {
    return WeightsDigest.sha256(model.parameters());
  }
}
