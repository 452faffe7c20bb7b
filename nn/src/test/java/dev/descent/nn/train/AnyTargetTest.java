package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;
import dev.descent.nn.data.TensorDataset;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.BinaryCrossEntropyWithLogits;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.loss.MeanSquaredError;
import dev.descent.nn.metric.MeanAbsoluteError;
import dev.descent.nn.metric.RocAuc;
import dev.descent.optim.Mask;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.ScheduleFreeSgd;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.stage.Accumulation;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Training with other targets than classes, and in parts. */
class AnyTargetTest {
  /** {@code y = 2 a - 3 b + 1}. */
  private static TensorDataset plane(int size, long seed) {
    RandomStream random = RandomStream.of(seed, "plane");
    float[] inputs = new float[2 * size];
    float[] targets = new float[size];
    for (int i = 0; i < size; i++) {
      inputs[2 * i] = random.nextFloat(-1, 1);
      inputs[2 * i + 1] = random.nextFloat(-1, 1);
      targets[i] = 2 * inputs[2 * i] - 3 * inputs[2 * i + 1] + 1;
    }
    return new TensorDataset(
        Tensor.of(Shape.of(size, 2), inputs), Tensor.of(Shape.of(size, 1), targets));
  }

  private static Linear linear(int out) {
    return Linear.of(2, out, RandomStream.of(1, "linear"));
  }

  @Test
  void learnsNumbers() {
    Split<TensorDataset> data = plane(200, 1).split(50, 1);
    Linear model = linear(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.05);
    Trainer<Tensor> trainer =
        new Trainer<>(model, new MeanSquaredError(), optimizer, 1)
            .measuring("error", MeanAbsoluteError::new);

    History history =
        trainer.fit(DataLoader.shuffled(data.training(), 10, 1), data.validation(), 30);

    assertThat(model.weight().get(0, 0)).isCloseTo(2, within(0.01f));
    assertThat(model.weight().get(0, 1)).isCloseTo(-3, within(0.01f));
    assertThat(model.bias().get(0)).isCloseTo(1, within(0.01f));
    assertThat(history.epochs().getFirst().validated().metric("error")).isGreaterThan(0.5);
    assertThat(history.last().validated().metric("error")).isLessThan(0.01);
    assertThat(history.last().training().metric("error")).isLessThan(0.02);
    Evaluation evaluation = trainer.evaluate(data.validation());
    assertThat(evaluation.loss()).isEqualTo(history.last().validated().loss());
    assertThat(model.weight().gradient()).isNotNull();
  }

  @Test
  void answersYesAndNo() {
    TensorDataset plane = plane(120, 3);
    float[] signs = plane.targets().toArray();
    for (int i = 0; i < signs.length; i++) {
      signs[i] = signs[i] > 1 ? 1 : 0;
    }
    TensorDataset data = new TensorDataset(plane.inputs(), Tensor.of(Shape.of(120, 1), signs));
    Linear model = linear(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.1);
    Trainer<Tensor> trainer =
        new Trainer<>(model, new BinaryCrossEntropyWithLogits(), optimizer, 1)
            .measuring("auc", RocAuc::new);

    double before = trainer.evaluate(data).metric("auc");
    trainer.fit(DataLoader.shuffled(data, 20, 1), null, 20);

    assertThat(before).isLessThan(0.95);
    assertThat(trainer.evaluate(data).metric("auc")).isGreaterThan(0.999);
  }

  @Test
  void predictsAllInBatchesAsInOne() {
    Tensor inputs = plane(1203, 1).inputs();
    Linear linear = linear(3);
    Layer model = Sequential.of(linear, new Dropout(0.5));
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd());

    Trainer<Tensor> trainer = new Trainer<>(model, new MeanSquaredError(), optimizer, 1);
    Tensor predictions = trainer.predict(inputs);

    assertThat(predictions.shape()).isEqualTo(Shape.of(1203, 3));
    assertThat(predictions.toArray()).isEqualTo(linear.forward(inputs).toArray());
    assertThat(predictions.requiresGradient()).as("nothing is recorded").isFalse();
    assertThat(trainer.predict(inputs.slice(0, 0, 0)).shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void predictsAndEvaluatesWithAverages() {
    TensorDataset data = plane(20, 1);
    Linear model = linear(1);
    Optimizer optimizer = new Optimizer(model.parameters(), new ScheduleFreeSgd(), 0.5);
    Trainer<Tensor> trainer = new Trainer<>(model, new MeanSquaredError(), optimizer, 1);
    trainer.fit(DataLoader.inOrder(data, 5), null, 2);

    Tensor visited = model.forward(data.inputs());
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      Tensor averaged = model.forward(data.inputs());
      assertThat(averaged.toArray()).isNotEqualTo(visited.toArray());
    }
    Tensor predicted = trainer.predict(data.inputs());
    double loss = trainer.evaluate(data).loss();

    assertThat(predicted.toArray()).isNotEqualTo(visited.toArray());
    assertThat(loss)
        .isCloseTo(new MeanSquaredError().of(predicted, data.targets()).item(), within(1e-6));
  }

  // ---- several tasks

  /** Which side of a line a point is on, and how far from another one. */
  private record Tasks(Tensor inputs, Indices side, Tensor distance) implements Examples<Tasks> {
    @Override
    public Tasks targets() {
      return this;
    }

    @Override
    public Tasks subset(int... indices) {
      int[] sides = new int[indices.length];
      for (int i = 0; i < sides.length; i++) {
        sides[i] = side.get(indices[i]);
      }
      return new Tasks(inputs.gatherRows(indices), Indices.of(sides), distance.gatherRows(indices));
    }
  }

  @Test
  void learnsSeveralTasksAtOnce() {
    TensorDataset plane = plane(150, 5);
    int[] sides = new int[150];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = plane.inputs().get(i, 0) > plane.inputs().get(i, 1) ? 1 : 0;
    }
    Tasks data = new Tasks(plane.inputs(), Indices.of(sides), plane.targets());
    Linear model = linear(3);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.05);
    Loss<Tasks> side = new CrossEntropy().onColumns(0, 2).onTarget(Tasks::side);
    Loss<Tasks> distance = new MeanSquaredError().onColumns(2, 3).onTarget(Tasks::distance);

    new Trainer<>(model, side.plus(distance.times(0.5)), optimizer, 1)
        .fit(DataLoader.shuffled(data, 10, 1), data, 30);

    Tensor predictions = model.forward(data.inputs());
    assertThat(side.of(predictions, data).item()).isLessThan(0.15f);
    assertThat(distance.of(predictions, data).item()).isLessThan(0.001f);
  }

  // ---- in parts

  private static Layer spy(Layer inner, Consumer<Pass> listener) {
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

  @Test
  void batchesOfOneStepHaveChanceOfTheirOwn() {
    List<Pass> passes = new ArrayList<>();
    Linear linear = linear(1);
    Layer model = spy(linear, passes::add);
    Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), 0.01, new Accumulation(3));

    new Trainer<>(model, new MeanSquaredError(), optimizer, 9)
        .fit(DataLoader.inOrder(plane(7, 1), 1), null, 1);

    assertThat(passes).extracting(Pass::step).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(optimizer.stepsTaken()).isEqualTo(2);
    assertThat(optimizer.gradientsSeen()).isEqualTo(7);
  }

  /** Layers that are learned already move little, frozen ones not at all. */
  @Test
  void groupsOfLayersMoveAtTheirOwnRates() {
    RandomStream random = RandomStream.of(1, "layers");
    Linear frozen = Linear.of(2, 4, random);
    Linear old = Linear.of(4, 4, random);
    Linear fresh = Linear.of(4, 1, random);
    Layer model = Sequential.of(frozen, Activation.TANH, old, Activation.TANH, fresh);
    frozen.parameters().values().forEach(parameter -> parameter.trainable(false));
    Mask head = Mask.startingWith("4.");
    Optimizer optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(head.select(model.parameters()), new Adam(), 0.01),
                new ParameterGroup(head.negate().select(model.parameters()), new Adam(), 0.0001)));
    float[] frozenBefore = frozen.weight().toArray();
    float[] oldBefore = old.weight().toArray();
    float[] freshBefore = fresh.weight().toArray();

    new Trainer<>(model, new MeanSquaredError(), optimizer, 1)
        .fit(DataLoader.inOrder(plane(8, 1), 8), null, 1);

    // The first step of Adam is as long as its learning rate.
    assertThat(frozen.weight().toArray()).isEqualTo(frozenBefore);
    assertThat(Math.abs(old.weight().array()[0] - oldBefore[0])).isCloseTo(1e-4f, within(1e-6f));
    assertThat(Math.abs(fresh.weight().array()[0] - freshBefore[0]))
        .isCloseTo(1e-2f, within(1e-5f));
  }

  @Test
  void aMetricHasOneName() {
    Linear model = linear(1);
    Trainer<Tensor> trainer =
        new Trainer<>(
                model, new MeanSquaredError(), new Optimizer(model.parameters(), new Sgd()), 1)
            .measuring("error", MeanAbsoluteError::new);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.measuring("error", MeanAbsoluteError::new))
        .withMessage("the metric error is there twice; expected once");
  }
}
