package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.RandomStream;
import dev.descent.examples.Run;
import dev.descent.nn.checkpoint.Weights;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of {@code descent mnist} that are saved, cut and resumed. */
class CheckpointTest {
  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void writeASmallSet() throws IOException {
    SmallMnist.write(data);
  }

  private static List<String> command(String options, Path... files) {
    List<String> command = new ArrayList<>(List.of("mnist", "--json", "--data", data.toString()));
    command.addAll(List.of(options.formatted((Object[]) files).split(" ")));
    return command;
  }

  private static Run run(String options, Path... files) {
    return Run.of(command(options, files).toArray(String[]::new));
  }

  private static String weights(Run run) {
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    return run.out().replaceFirst("(?s).*\"weightsSha256\":\"(\\w{64})\"}}\\s*$", "$1");
  }

  /** What an epoch came to, without the time that it took. */
  private static List<String> epochs(Run run) {
    return run.out()
        .lines()
        .filter(line -> line.startsWith("{\"epoch\""))
        .map(line -> line.replaceFirst(",\"seconds\":[^,}]*", ""))
        .toList();
  }

  static Stream<String> choices() {
    return Stream.concat(
        Rules.names().stream().map(rule -> "--optimizer " + rule),
        Schedules.names().stream().map(schedule -> "--schedule " + schedule + " --warmup 7"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void twoAndTwoEpochsAreFour(String choice) {
    String options = "--hidden 8 --epochs 4 " + choice;
    Path file = folder.resolve("run.safetensors");

    Run whole = run(options);
    Run first = run(options + " --stop-after 2 --checkpoint %s", file);
    Run second = run(options + " --resume %s --checkpoint %s", file, file);

    assertThat(weights(second)).isEqualTo(weights(whole)).isNotEqualTo(weights(first));
    assertThat(epochs(first)).isEqualTo(epochs(whole).subList(0, 2));
    assertThat(epochs(second)).isEqualTo(epochs(whole).subList(2, 4));
  }

  /** Width and threads are fixed when a JVM starts, so each run has its own. */
  @ParameterizedTest
  @CsvSource({"adam, 128, 1, 512, 3", "prodigy, 512, 2, 256, 1"})
  @Timeout(240)
  void goesOnAtAnotherWidthWithOtherThreads(
      String rule, int bits, int threads, int laterBits, int laterThreads) throws Exception {
    String options = "--hidden 130 --epochs 4 --schedule cosine --optimizer " + rule;
    String machine = " --vector-bits " + bits + " --threads " + threads;
    String other = " --vector-bits " + laterBits + " --threads " + laterThreads;
    Path file = folder.resolve("run.safetensors");

    Run whole = inProcess(options + machine);
    inProcess(options + machine + " --stop-after 2 --checkpoint %s", file);
    Run second = inProcess(options + other + " --resume %s", file);

    assertThat(weights(second)).isEqualTo(weights(whole));
  }

  private static Run inProcess(String options, Path... files) throws Exception {
    Run run = Run.inProcess(List.of(), command(options, files).toArray(String[]::new));
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    return run;
  }

  /** A run without an end is another one after it is resumed, with settings that do not matter. */
  @Test
  void epochsMayBeAddedWhereTheScheduleAllowsIt() {
    Path file = folder.resolve("run.safetensors");
    run("--hidden 8 --epochs 1 --checkpoint %s", file);
    assertThat(weights(run("--hidden 8 --epochs 3 --until 0 --resume %s", file)))
        .isNotEqualTo(weights(run("--hidden 8 --epochs 1")));
    assertThat(weights(run("--hidden 8 --epochs 3 --resume %s", file)))
        .isEqualTo(weights(run("--hidden 8 --epochs 3")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --hidden 9                | --hidden 8; expected --hidden 9
          --dropout 0.25            | --dropout 0.5; expected --dropout 0.25
          --init glorot             | --init he; expected --init glorot
          --set beta1=0.8           | --optimizer Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8]; expected --optimizer Adam[beta1=0.8, beta2=0.999, epsilon=1.0E-8]
          --set learningRate=1      | --schedule Constant[learningRate=0.001]; expected --schedule Constant[learningRate=1.0]
          --batch-size 10           | --batch-size 32; expected --batch-size 10
          --augment                 | --augment false; expected --augment true
          --seed 2                  | --seed 1; expected --seed 2
          --seed 2 --dropout 0      | --dropout 0.5, --seed 1; expected --dropout 0.0, --seed 2
          """)
  void otherSettingsAreNamed(String options, String difference) {
    Path file = folder.resolve("run.safetensors");
    run("--hidden 8 --epochs 2 --stop-after 1 --checkpoint %s", file);
    String all = options.contains("--hidden") ? options : "--hidden 8 " + options;

    Run resumed = run(all + " --epochs 2 --resume %s", file);

    assertProblem(resumed, file + ": the run had " + difference + ", as now");
  }

  @Test
  void otherImagesAreNamed() {
    Path file = folder.resolve("run.safetensors");
    run("--hidden 8 --epochs 2 --stop-after 1 --checkpoint %s", file);
    Run resumed =
        Run.of("mnist", "--hidden", "8", "--epochs", "2", "--resume", file.toString(), "--json");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err())
        .matches(
            ".*: the run had --data 300 images, CRC-32C \\w{8}; expected --data 10000 images,"
                + " CRC-32C \\w{8}, as now\\R");
  }

  @Test
  void aScheduleOfAnotherLengthIsAnotherOne() {
    Path file = folder.resolve("run.safetensors");
    run("--hidden 8 --epochs 2 --schedule cosine --checkpoint %s", file);
    assertProblem(
        run("--hidden 8 --epochs 4 --schedule cosine --resume %s", file),
        file
            + ": the run had --schedule Cosine[learningRate=0.001, finalLearningRate=0.0,"
            + " steps=20]; expected --schedule Cosine[learningRate=0.001, finalLearningRate=0.0,"
            + " steps=40], as now");
  }

  @Test
  void aRunThatIsOverDoesNotGoOn() {
    Path file = folder.resolve("run.safetensors");
    run("--hidden 8 --epochs 2 --checkpoint %s", file);
    assertProblem(
        run("--hidden 8 --epochs 2 --resume %s", file),
        file + ": the run has had 2 epochs; expected fewer than the 2 that are asked for");
  }

  @Test
  void filesAreTriedBeforeAnythingElse() throws IOException {
    Path nowhere = folder.resolve("missing").resolve("file");
    Path broken = Files.writeString(folder.resolve("broken"), "x".repeat(100));
    for (String option : List.of("--save", "--checkpoint")) {
      assertProblem(
          run(option + " %s", nowhere),
          nowhere
              + ": cannot be written: there is no folder "
              + nowhere.getParent()
              + "; expected one");
    }
    assertProblem(
        run("--resume %s", nowhere), nowhere + ": no such file; expected a safetensors file");
    assertProblem(
        run("--resume %s", broken),
        broken
            + ": a header of 8680820740569200760 bytes; expected a safetensors file, here with"
            + " one of at most 92");
  }

  private static void assertProblem(Run run, String problem) {
    assertThat(run.err()).isEqualTo("descent mnist: " + problem + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  private static Layer network() {
    RandomStream random = RandomStream.of(9, "another start");
    return Sequential.of(
        new Flatten(),
        Linear.of(784, 8, random),
        Activation.RELU,
        (input, _) -> input,
        Linear.of(8, 10, random));
  }

  /** What is saved is the network with the weights and the accuracy that the run has told. */
  @Test
  void savesTheTrainedWeights() {
    Path file = folder.resolve("digits.safetensors");
    Run run = run("--hidden 8 --epochs 2 --save %s", file);
    Layer network = network();
    Weights.load(network, file);
    assertThat(WeightsDigest.sha256(network.parameters())).isEqualTo(weights(run));
    assertThat(run.out()).contains("\"testAccuracy\":" + accuracy(network) + ",");
  }

  /** Schedule-free learning is judged by averages of the places it visits. */
  @Test
  void savesTheAveragesThatAreTold() {
    Path file = folder.resolve("digits.safetensors");
    Run run = run("--hidden 8 --epochs 2 --optimizer schedulefreesgd --save %s", file);
    Layer network = network();
    Weights.load(network, file);
    assertThat(WeightsDigest.sha256(network.parameters())).isNotEqualTo(weights(run));
    assertThat(run.out()).contains("\"testAccuracy\":" + accuracy(network) + ",");
  }

  private static double accuracy(Layer network) {
    return Evaluation.of(network, new CrossEntropy(), Mnist.load(data).test()).accuracy();
  }
}
