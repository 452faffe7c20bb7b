package dev.descent.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.BatchNorm;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Stage;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.Constant;
import dev.descent.optim.schedule.ReduceOnPlateau;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.schedule.Schedules;
import dev.descent.optim.stage.Accumulation;
import dev.descent.optim.stage.ExponentialAverage;
import dev.descent.optim.stage.Lookahead;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run of 2 + 2 epochs, with a file between them, is a run of 4 epochs: each bit of it. */
class TrainingStateTest {
  private static final int EPOCHS = 4;
  private static final Dataset DATA = data();
  private static final DataLoader<Indices> BATCHES = DataLoader.shuffled(DATA, 8, 3);

  @TempDir Path folder;

  private static Dataset data() {
    RandomStream random = RandomStream.of(1, "data");
    float[] inputs = new float[50 * 6];
    int[] labels = new int[50];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextFloat(-1, 1);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(3);
    }
    return new Dataset(Tensor.of(Shape.of(50, 6), inputs), Indices.of(labels), 3);
  }

  /** A model and what trains it; every part has something to remember. */
  private static final class Run {
    final Layer model;
    final Schedule schedule;
    final Optimizer optimizer;

    Run(UpdateRule rule, Schedule schedule, Stage... stages) {
      RandomStream random = RandomStream.of(2, "model");
      this.model =
          Sequential.of(
              Linear.of(6, 9, random),
              BatchNorm.of(9),
              Activation.RELU,
              new Dropout(0.25),
              Linear.of(9, 3, random));
      this.schedule = schedule;
      this.optimizer = new Optimizer(model.parameters(), rule, schedule, stages);
    }

    History fit(int epochs, List<Epoch> before, Callback... last) {
      Callback plateau =
          new Callback() {
            @Override
            public Next afterEpoch(Epoch epoch) {
              if (schedule instanceof ReduceOnPlateau.Run run) {
                run.observe(epoch.trainLoss());
              }
              return Next.CONTINUE;
            }
          };
      Callback[] callbacks =
          Stream.concat(Stream.of(plateau), Stream.of(last)).toArray(Callback[]::new);
      return new Trainer<>(model, new CrossEntropy(), optimizer, 5, callbacks)
          .measuring(Evaluation.ACCURACY, () -> new ConfusionMatrix(3))
          .fit(BATCHES, DATA, epochs, before);
    }

    String weights() {
      return WeightsDigest.sha256(model.parameters()) + model.buffers().values();
    }
  }

  /** How a run is made; several times the same. */
  record Recipe(String name, UpdateRule rule, String schedule, Stage... stages) {
    Run run() {
      double rate = rule.defaultLearningRate();
      long steps = (long) EPOCHS * BATCHES.batches();
      Map<String, String> settings =
          schedule.equals("reduce-on-plateau")
              ? Map.of("patience", "0", "threshold", "1", "factor", "0.5")
              : Map.of();
      return new Run(rule, Schedules.choose(schedule, rate, steps, settings), stages);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Recipe> recipes() {
    Stream<Recipe> rules =
        Rules.names().stream()
            .map(rule -> new Recipe(rule, Rules.choose(rule, Map.of()).rule(), "constant"));
    Stream<Recipe> schedules =
        Schedules.names().stream().map(schedule -> new Recipe(schedule, new Adam(), schedule));
    Stream<Recipe> stages =
        Stream.of(
            new Recipe("accumulation", new Sgd(), "constant", new Accumulation(3)),
            new Recipe(
                "averages",
                new Momentum(),
                "cosine",
                new Lookahead(0.5, 3),
                new ExponentialAverage(0.9)));
    return Stream.of(rules, schedules, stages).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void goesOnToTheSameBits(Recipe recipe) {
    Path file = folder.resolve("run.safetensors");
    Run whole = recipe.run();
    History wholeHistory = whole.fit(EPOCHS, List.of());

    Run first = recipe.run();
    first.fit(
        2,
        List.of(),
        new CheckpointEachEpoch(file, first.model, first.optimizer, List.of(), settings("1")));
    Run second = recipe.run();
    TrainingState state = TrainingState.read(file);
    state.restore(second.model, second.optimizer);
    History history =
        second.fit(
            EPOCHS,
            state.epochs(),
            new CheckpointEachEpoch(
                file, second.model, second.optimizer, state.epochs(), state.settings()));

    assertThat(first.weights()).isNotEqualTo(whole.weights());
    assertThat(second.weights()).isEqualTo(whole.weights());
    assertThat(withoutTime(history.epochs())).isEqualTo(withoutTime(wholeHistory.epochs()));
    TrainingState end = TrainingState.read(file);
    assertThat(withoutTime(end.epochs())).isEqualTo(withoutTime(wholeHistory.epochs()));
    assertThat(end.epochs().get(1).seconds()).isEqualTo(state.epochs().get(1).seconds());
    assertThat(end.settings()).isEqualTo(settings("1"));
  }

  private static SequencedMap<String, String> settings(String seed) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--optimizer", "Adam[beta1=0.9]");
    settings.put("--seed", seed);
    return settings;
  }

  private static List<String> withoutTime(List<Epoch> epochs) {
    return epochs.stream()
        .map(epoch ->
            "%d %d %s %s %s %s"
                .formatted(
                    epoch.number(),
                    epoch.examples(),
                    epoch.trainLoss(),
                    epoch.trainAccuracy(),
                    epoch.validated().loss(),
                    epoch.validated().accuracy()))
        .toList();
  }

  @Test
  void namesTheSettingsThatDiffer() {
    Run run = new Run(new Adam(), new Constant(0.1));
    TrainingState state = TrainingState.of(run.model, run.optimizer, List.of(), settings("1"));
    state.checkSettings(settings("1"));
    SequencedMap<String, String> others = settings("2");
    others.put("--dropout", "0.5");
    assertThatThrownBy(() -> state.checkSettings(others))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "this run: the run had --seed 1, --dropout not set; expected --seed 2, --dropout 0.5,"
                + " as now");
  }

  @Test
  void changesNothingWhereItDoesNotFit() {
    Run adam = new Run(new Adam(), new Constant(0.1));
    adam.fit(1, List.of());
    TrainingState state = TrainingState.of(adam.model, adam.optimizer, List.of(), settings("1"));
    Run sgd = new Run(new Sgd(), new Constant(0.1));
    String before = sgd.weights();

    assertThatThrownBy(() -> state.restore(sgd.model, sgd.optimizer))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("this run: the state of 0.weight is of Adam[")
        .hasMessageEndingWith("; expected Sgd[]");
    assertThat(sgd.weights()).isEqualTo(before);

    Layer narrow = Sequential.of(Linear.of(6, 3, RandomStream.of(1, "narrow")));
    Optimizer optimizer = new Optimizer(narrow.parameters(), new Adam(), 0.1);
    String narrowBefore = WeightsDigest.sha256(narrow.parameters());
    assertThatThrownBy(() -> state.restore(narrow, optimizer))
        .hasMessage(
            "this run: holds a tensor 1.weight, which the model has not; expected [0.weight,"
                + " 0.bias]");
    assertThat(WeightsDigest.sha256(narrow.parameters())).isEqualTo(narrowBefore);
    assertThat(optimizer.stepsTaken()).isZero();
  }

  @Test
  void weightsAreNoCheckpoint() {
    Path file = folder.resolve("weights.safetensors");
    Run run = new Run(new Adam(), new Constant(0.1));
    Weights.save(run.model, file);
    assertThatThrownBy(() -> TrainingState.read(file))
        .hasMessage(
            file
                + ": descent.training_state is missing; expected 1, as in a checkpoint of a"
                + " training run");
  }

  /** A state is a value: what happens to the run afterwards does not reach it. */
  @Test
  void sharesNothingWithTheRun() {
    Run run = new Run(new Momentum(), new Constant(0.1));
    run.fit(1, List.of());
    TrainingState state = TrainingState.of(run.model, run.optimizer, List.of(), settings("1"));
    String before = run.weights();
    run.fit(1, List.of());
    assertThat(run.weights()).isNotEqualTo(before);
    state.restore(run.model, run.optimizer);
    assertThat(run.weights()).isEqualTo(before);
  }

  @Test
  void weightsFitOrNothingChanges() {
    Run run = new Run(new Adam(), new Constant(0.1));
    String before = run.weights();
    SafeTensorsWriter writer = new SafeTensorsWriter();
    Weights.of(run.model)
        .forEach((name, tensor) -> {
          if (name.endsWith("num_batches_tracked")) {
            writer.put(name, tensor.shape(), 7L);
          } else if (!name.equals("4.bias")) {
            writer.put(name, Tensor.zeros(tensor.shape()));
          }
        });
    assertThatThrownBy(() -> load(run, writer))
        .hasMessage("file: holds no 4.bias; expected one of shape [3]");
    writer.put("4.bias", Tensor.zeros(Shape.of(3, 1)));
    assertThatThrownBy(() -> load(run, writer))
        .hasMessage("file: holds 4.bias of shape [3, 1]; expected [3], as in the model");
    assertThat(run.weights()).isEqualTo(before);
  }

  private static void load(Run run, SafeTensorsWriter writer) {
    Weights.load(run.model, SafeTensorsReader.of("file", writer.toBytes()));
  }
}
