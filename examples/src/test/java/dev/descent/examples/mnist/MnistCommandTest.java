package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.examples.Main;
import dev.descent.examples.Run;
import dev.descent.nn.augmentation.RandomRotation;
import dev.descent.nn.augmentation.RandomScale;
import dev.descent.nn.augmentation.RandomShift;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.init.Initializer;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Lstm;
import dev.descent.nn.layer.MaxPool2d;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.Accuracy;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Mask;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.schedule.Constant;
import dev.descent.optim.schedule.Cosine;
import dev.descent.optim.schedule.Piecewise;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.transform.ClipByGlobalNorm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class MnistCommandTest {
  private static final String NUMBER = "\\d+(\\.\\d+)?(E-?\\d+)?";

  @TempDir static Path folder;

  private static String data;

  @BeforeAll
  static void writeASmallSet() throws IOException {
    data = SmallMnist.write(folder.resolve("small")).toString();
  }

  private static Run train(String... options) {
    return Run.of(
        Stream.concat(Stream.of("mnist", "--json", "--data", data), Stream.of(options))
            .toArray(String[]::new));
  }

  private static String weights(String... options) {
    Run run = train(options);
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    String last = run.out().lines().toList().getLast();
    return last.replaceFirst(".*\"weightsSha256\":\"(\\w{64})\"}}$", "$1");
  }

  @Test
  void printsNothingButTheJsonLinesThatProgramsExpect() throws IOException {
    Run run = train("--hidden", "16", "--epochs", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    for (int i = 0; i < 3; i++) {
      assertThat(lines.get(i))
          .matches(
              ("\\{\"epoch\":%d,\"trainLoss\":#,\"trainAccuracy\":#,\"testAccuracy\":#,"
                      + "\"seconds\":#}")
                  .formatted(i + 1)
                  .replace("#", NUMBER));
    }
    assertThat(lines.get(3))
        .matches(
            ("\\{\"result\":\\{\"testAccuracy\":#,\"trainSeconds\":#,\"imagesPerSecond\":#,"
                    + "\"weightsSha256\":\"[0-9a-f]{64}\"}}")
                .replace("#", NUMBER));

    double seconds = 0;
    for (String line : lines.subList(0, 3)) {
      seconds += (double) JSON.std.mapFrom(line).get("seconds");
    }
    Map<?, ?> result = (Map<?, ?>) JSON.std.mapFrom(lines.get(3)).get("result");
    assertThat((double) result.get("trainSeconds")).isCloseTo(seconds, within(1e-9));
    assertThat((double) result.get("imagesPerSecond")).isCloseTo(900 / seconds, within(1e-6));
    assertThat(result.get("testAccuracy"))
        .isEqualTo(JSON.std.mapFrom(lines.get(2)).get("testAccuracy"));
  }

  /** Every option reaches its place: the same training, written with the library. */
  @ParameterizedTest
  @EnumSource
  void trainsWhatTheOptionsSay(Initialization initialization) {
    Mnist mnist = Mnist.load(Path.of(data));
    Sequential model =
        Sequential.of(
            new Flatten(),
            linear(initialization, 1, 784, 24),
            Activation.RELU,
            new Dropout(0.25),
            linear(initialization, 4, 24, 12),
            Activation.RELU,
            new Dropout(0.25),
            linear(initialization, 7, 12, 10));
    Optimizer optimizer = new Optimizer(model.parameters(), new Momentum(0.8, 0.1), 0.02);
    History history =
        new Trainer<>(model, new CrossEntropy(), optimizer, 5)
            .measuring(Evaluation.ACCURACY, Accuracy::new)
            .fit(DataLoader.shuffled(mnist.training(), 40, 5), mnist.test(), 2);

    Run run =
        train(
            ("--hidden 24,12 --dropout 0.25 --optimizer momentum --set momentum=0.8 --set"
                    + " dampening=0.1 --set learningRate=0.02 --batch-size 40 --epochs 2 --seed 5"
                    + " --init "
                    + initialization)
                .split(" "));

    assertThat(run.out())
        .contains(WeightsDigest.sha256(model.parameters()))
        .contains("\"trainLoss\":" + history.last().trainLoss() + ",")
        .contains("\"testAccuracy\":" + history.last().validated().accuracy() + ",");
    assertThat(run.out().lines()).hasSize(3);
  }

  @Test
  void trainsAConvolutionalNetwork() {
    Mnist mnist = Mnist.load(Path.of(data));
    Window window = Window.of(3);
    Sequential model =
        Sequential.of(
            (input, _) -> input.reshape(input.shape().length(0), 1, 28, 28),
            convolution(1, 1, 32, window),
            Activation.RELU,
            MaxPool2d.of(2),
            convolution(4, 32, 64, window),
            Activation.RELU,
            MaxPool2d.of(2),
            new Flatten(),
            linear(Initialization.HE, 8, 64 * 5 * 5, 128),
            Activation.RELU,
            new Dropout(0.25),
            linear(Initialization.HE, 11, 128, 10));
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam());
    new Trainer<>(model, new CrossEntropy(), optimizer, 5)
        .fit(DataLoader.shuffled(mnist.training(), 100, 5), mnist.test(), 1);

    assertThat(
            weights("--model cnn --dropout 0.25 --batch-size 100 --epochs 1 --seed 5".split(" ")))
        .isEqualTo(WeightsDigest.sha256(model.parameters()));
  }

  @Test
  void saysWhichConvolutionalNetworkItTrains() {
    Run run = Run.of("mnist", "--model", "cnn", "--hidden", "7", "--epochs", "1", "--data", data);

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("3x3x32, relu, pool, 3x3x64, relu, pool, 1600-7-10, relu, dropout 0.5: 30,103");
  }

  @Test
  void theRecurrentNetworkReadsImagesRowByRow() {
    Mnist mnist = Mnist.load(Path.of(data));
    Layer model =
        Sequential.of(
            Lstm.of(28, 128, RandomStream.of(5, "initialization", 0)).lastOnly(),
            new Flatten(),
            linear(Initialization.HE, 2, 128, 10));
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam());
    new Trainer<>(model, new CrossEntropy(), optimizer, 5)
        .fit(DataLoader.shuffled(mnist.training(), 100, 5), mnist.test(), 1);

    assertThat(weights("--model lstm --batch-size 100 --epochs 1 --seed 5".split(" ")))
        .isEqualTo(WeightsDigest.sha256(model.parameters()));
  }

  @Test
  void saysWhichRecurrentNetworkItTrains() {
    Run run = Run.of("mnist", "--model", "lstm", "--epochs", "1", "--data", data);

    assertThat(run.out().replaceAll("\\s+", " ")).contains("lstm 28x28, 128-10: 82,186");
  }

  @Test
  void trainsOnImagesThatAreNeverTheSame() {
    Sequential model = linearModel();
    Mnist mnist = Mnist.load(Path.of(data));
    DataLoader<Indices> changed =
        DataLoader.shuffled(mnist.training(), 32, 1)
            .augmented(
                1, new RandomShift(2, 2), new RandomRotation(10), new RandomScale(0.9f, 1.1f));
    new Trainer<>(model, new CrossEntropy(), new Optimizer(model.parameters(), new Adam()), 1)
        .fit(changed, mnist.test(), 2);

    assertThat(weights("--hidden none --epochs 2 --augment".split(" ")))
        .isEqualTo(WeightsDigest.sha256(model.parameters()));
  }

  /** 300 images in batches of 32 make 10 steps an epoch. */
  @Test
  void schedulesFitTheTraining() {
    Schedule schedule = new Cosine(0.02, 0.001, 15).afterWarmup(5);
    assertThat(
            weights(
                ("--hidden none --epochs 2 --set learningRate=0.02 --warmup 5 --schedule cosine"
                        + " --schedule-set finalLearningRate=0.001")
                    .split(" ")))
        .isEqualTo(weightsOf(schedule));
  }

  /** The plateau: its threshold asks for more than training can do, so each epoch is bad. */
  @Test
  void plateausFollowTheTrainingLoss() {
    assertThat(
            weights(
                ("--hidden none --epochs 2 --set learningRate=0.02 --schedule reduce-on-plateau"
                        + " --schedule-set patience=0 --schedule-set factor=0.5 --schedule-set"
                        + " threshold=1")
                    .split(" ")))
        .as("the first loss is better than none")
        .isEqualTo(weightsOf(new Constant(0.02)));
    assertThat(
            weights(
                ("--hidden none --epochs 3 --set learningRate=0.02 --schedule reduce-on-plateau"
                        + " --schedule-set patience=0 --schedule-set factor=0.5 --schedule-set"
                        + " threshold=1")
                    .split(" ")))
        .isEqualTo(weightsOf(new Piecewise(List.of(20L), List.of(0.02, 0.01)), 3));
  }

  /** Weights decay and gradients are clipped as by an optimizer made in Java; biases stay. */
  @Test
  void decaysAndClipsAsTheOptionsSay() {
    Sequential model = linearModel();
    ParameterGroup group =
        new ParameterGroup(model.parameters(), new Adam(), 0.001)
            .withWeightDecay(2, Mask.named("1.weight"));
    fit(model, new Optimizer(List.of(group), new ClipByGlobalNorm(0.05)), 2);
    String expected = WeightsDigest.sha256(model.parameters());

    String plain = "--hidden none --epochs 2";
    String decaying = plain + " --weight-decay 2";
    String clipping = plain + " --clip-norm 0.05";
    assertThat(weights((decaying + " --clip-norm 0.05").split(" "))).isEqualTo(expected);
    assertThat(weights(decaying.split(" "))).isNotEqualTo(expected);
    assertThat(weights(clipping.split(" "))).isNotEqualTo(expected);
    assertThat(weights((plain + " --weight-decay 0").split(" ")))
        .isEqualTo(weights(plain.split(" ")));
  }

  private static String weightsOf(Schedule schedule) {
    return weightsOf(schedule, 2);
  }

  private static String weightsOf(Schedule schedule, int epochs) {
    Sequential model = linearModel();
    fit(model, new Optimizer(model.parameters(), new Adam(), schedule), epochs);
    return WeightsDigest.sha256(model.parameters());
  }

  private static Sequential linearModel() {
    Linear linear =
        Linear.of(
            784,
            10,
            Initializer.heUniform(),
            Initializer.constant(0),
            RandomStream.of(1, "initialization", 1));
    return Sequential.of(new Flatten(), linear);
  }

  private static void fit(Sequential model, Optimizer optimizer, int epochs) {
    Mnist mnist = Mnist.load(Path.of(data));
    new Trainer<>(model, new CrossEntropy(), optimizer, 1)
        .fit(DataLoader.shuffled(mnist.training(), 32, 1), mnist.test(), epochs);
  }

  private static Linear linear(Initialization initialization, int place, int in, int out) {
    RandomStream random = RandomStream.of(5, "initialization", place);
    Initializer zero = Initializer.constant(0);
    return switch (initialization) {
      case PYTORCH -> Linear.of(in, out, random);
      case HE -> Linear.of(in, out, Initializer.heUniform(), zero, random);
      case GLOROT -> Linear.of(in, out, Initializer.glorotUniform(), zero, random);
    };
  }

  private static Conv2d convolution(int place, int in, int out, Window window) {
    return Conv2d.of(
        in,
        out,
        window,
        window,
        1,
        Initializer.heUniform(),
        Initializer.constant(0),
        RandomStream.of(5, "initialization", place));
  }

  @Test
  void twoRunsGiveTheSameWeights() {
    assertThat(weights("--hidden", "16", "--epochs", "2"))
        .hasSize(64)
        .isEqualTo(weights("--hidden", "16", "--epochs", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs 1 --hidden 16 --model cnn",
        "--epochs 1 --hidden 16 --model lstm",
        "--epochs 1 --hidden 17",
        "--epochs 1 --hidden none",
        "--epochs 2 --hidden 16",
        "--epochs 1 --hidden 16 --augment",
        "--epochs 1 --hidden 16 --seed 2",
        "--epochs 1 --hidden 16 --dropout 0.4",
        "--epochs 1 --hidden 16 --batch-size 31",
        "--epochs 1 --hidden 16 --init pytorch",
        "--epochs 1 --hidden 16 --optimizer sgd",
        "--epochs 1 --hidden 16 --set beta1=0.8",
        "--epochs 1 --hidden 16 --schedule inverse-time",
        "--epochs 1 --hidden 16 --warmup 3",
      })
  void everyOptionMatters(String options) {
    assertThat(weights(options.split(" ")))
        .isNotEqualTo(weights("--epochs", "1", "--hidden", "16"));
  }

  @ParameterizedTest
  @CsvSource({
    "--model, mlp",
    "--dropout, 0.5",
    "--init, he",
    "--optimizer, adam",
    "--schedule, constant",
    "--warmup, 0",
    "--epochs, 10",
    "--batch-size, 32",
    "--seed, 1",
    "--json, false",
    "--augment, false",
  })
  void defaults(String option, String value) {
    CommandSpec mnist = Main.commandLine().parseArgs("mnist").subcommand().commandSpec();

    assertThat(mnist.findOption(option).<Object>getValue()).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource({"mlp, 512", "cnn, 128", "lstm, none"})
  void theDefaultHiddenLayerFitsTheModel(String model, String hidden) {
    assertThat(weights("--model", model, "--epochs", "1"))
        .isEqualTo(weights("--model", model, "--epochs", "1", "--hidden", hidden));
  }

  /** Of an epoch there is a point instead of a curve, 5 pixels of the first colour. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void drawsHowItLearned(int epochs) throws IOException {
    Path file = folder.resolve("mnist.png");

    Run run = train("--hidden", "none", "--epochs", "" + epochs, "--picture", "" + file);

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).as("a chart and 8 digits").isEqualTo(640 + 8 * 64);
    int top = 0;
    for (int y = 0; y < 330; y++) { // above the legend
      for (int x = 0; x < 640; x++) {
        top += picture.getRGB(x, y) == 0xFF0072B2 ? 1 : 0;
      }
    }
    assertThat(top).as("pixels of the training curve").isGreaterThan(4);
  }

  /** 300 images in batches of 2 make 150 steps an epoch; the first look is after 100. */
  @Test
  void endsAtTheFirstLookThatReachesTheTarget() throws IOException {
    Run run = train("--hidden", "16", "--batch-size", "2", "--epochs", "9", "--until", "0.2");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    Map<?, ?> result = (Map<?, ?>) JSON.std.mapFrom(lines.get(1)).get("result");
    assertThat((double) result.get("testAccuracy")).isBetween(0.2, 1.0);
    assertThat((double) result.get("trainSeconds") * (double) result.get("imagesPerSecond"))
        .isCloseTo(200, within(1e-6));
  }

  @Test
  void aTargetThatIsNotReachedIsAFailureWithAResult() {
    Run run = train("--hidden", "none", "--epochs", "1", "--until", "1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.err())
        .matches(
            "descent mnist: test accuracy is 0\\.\\d+ after epoch 1; expected 1\\.0, as --until"
                + " says\\R");
  }

  @Test
  void aRunThatDivergesEndsWithTheLikelyCause() {
    Run run = train("--hidden", "16", "--set", "learningRate=1e30");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "descent mnist: loss is NaN at step 2 (epoch 1): the model's outputs overflow; the"
                + " learning rate 1.0E30 is likely too large"
                + System.lineSeparator());
  }
}
