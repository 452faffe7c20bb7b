package dev.descent.examples.mnist;

import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Indices;
import dev.descent.examples.MachineOptions;
import dev.descent.examples.Numbers;
import dev.descent.examples.OptimizerOptions;
import dev.descent.examples.ScheduleOptions;
import dev.descent.examples.Terminal;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Monitor;
import dev.descent.nn.train.Plateau;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.ReduceOnPlateau;
import dev.descent.optim.schedule.Schedule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network to read handwritten digits. */
@Command(
    name = "mnist",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train a network to read handwritten digits: on 12,000 MNIST images that come with the"
            + " program, or on the full set of 70,000.")
public final class MnistCommand implements Callable<Integer> {
  @ArgGroup private @Nullable Source source;

  /** Where the images come from, if not from the program. */
  static final class Source {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Take the full set from a directory with the four IDX files, plain or .gz.")
    @Nullable Path directory;

    @Option(
        names = "--download",
        description = "Take the full set from a public mirror. It is fetched once, 11 MB.")
    boolean download;
  }

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Mixin private OptimizerOptions optimizerOptions = new OptimizerOptions();

  @Mixin private ScheduleOptions scheduleOptions = new ScheduleOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Passes over the training images. Default: ${DEFAULT-VALUE}.")
  private int epochs = 10;

  @Option(
      names = "--until",
      paramLabel = "ACCURACY",
      converter = Numbers.Share.class,
      description =
          "Stop as soon as this share of the test images is read right, such as 0.97. They are"
              + " read every 100 steps for it.")
  private @Nullable Double until;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Images per training step. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 32;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Numbers.Whole.class,
      description =
          "Where all chance comes from: the same seed, the same weights. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--json",
      description = "Print JSON lines for programs to read: one per epoch and one for the result.")
  private boolean json;

  @Mixin private CheckpointOptions checkpointOptions = new CheckpointOptions();

  @Mixin private MachineOptions machineOptions = new MachineOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  public MnistCommand() {}

  /** Called by picocli. */
  @Spec
  void command(CommandSpec spec) {
    command = spec;
    List<String> footer = new ArrayList<>(List.of("", "Update rules and their settings:"));
    footer.addAll(OptimizerOptions.help());
    footer.addAll(List.of("", "Schedules and their settings:"));
    footer.addAll(ScheduleOptions.help());
    footer.addAll(
        List.of(
            "",
            "Examples:",
            "  descent mnist",
            "  descent mnist --optimizer momentum --set learningRate=0.01 --epochs 3",
            "  descent mnist --schedule cosine --warmup 300",
            "  descent mnist --weight-decay 0.01 --clip-norm 1",
            "  descent mnist --model cnn --batch-size 64",
            "  descent mnist --model lstm --batch-size 64",
            "  descent mnist --checkpoint run.safetensors --save digits.safetensors",
            "  descent mnist --download --hidden 128 --dropout 0 --json"));
    spec.usageMessage().footer(footer.toArray(String[]::new));
  }

  @Override
  public Integer call() {
    machineOptions.apply();
    Rules.Choice choice = optimizerOptions.choice();
    scheduleOptions.check();
    checkpointOptions.begin();
    Mnist mnist = load();
    Layer model = modelOptions.make(seed);
    DataLoader<Indices> training = DataLoader.shuffled(mnist.training(), batchSize, seed);
    long steps = (long) epochs * training.batches();
    Schedule schedule = scheduleOptions.schedule(choice.learningRate(), steps);
    Optimizer optimizer =
        optimizerOptions.optimizer(model.parameters(), scheduleOptions.afterWarmup(schedule));
    SequencedMap<String, String> settings = settings(mnist, choice, optimizer);
    List<Epoch> before = checkpointOptions.restore(model, optimizer, settings, epochs);
    PrintWriter out = command.commandLine().getOut();
    try (Report report = json ? new JsonReport(out) : new TerminalReport(out)) {
      report.begin(
          modelOptions.describe(model),
          choice,
          optimizer.groups().getFirst().schedule(),
          mnist.training().size(),
          mnist.test().size());
      List<Callback> callbacks = new ArrayList<>(List.of(report));
      if (schedule instanceof ReduceOnPlateau.Run plateau) {
        // Not the test images' loss: what training depends on is no test of it.
        callbacks.add(new Plateau(plateau, Monitor.TRAINING_LOSS));
      }
      if (until != null) {
        callbacks.add(new TargetAccuracy(until, model, optimizer, mnist.test()));
      }
      callbacks.addAll(checkpointOptions.callbacks(model, optimizer, before, settings));
      Trainer<Indices> trainer =
          new Trainer<>(
                  model, new CrossEntropy(), optimizer, seed, callbacks.toArray(Callback[]::new))
              .measuring(Evaluation.ACCURACY, () -> new ConfusionMatrix(Mnist.CLASSES));
      History history =
          trainer.fit(training, mnist.test(), checkpointOptions.lastEpoch(epochs), before);
      checkpointOptions.save(model, optimizer);
      String digest = WeightsDigest.sha256(model.parameters());
      Result result = new Result(history, digest, model, mnist.test());
      report.end(result);
      checkTarget(result.test().accuracy(), history);
    }
    return 0;
  }

  /** All that the weights depend on, by the names of the options; nothing if no file needs it. */
  private SequencedMap<String, String> settings(
      Mnist mnist, Rules.Choice choice, Optimizer optimizer) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    if (checkpointOptions.needSettings()) {
      settings.put("--data", CheckpointOptions.describe(mnist.training()));
      modelOptions.addTo(settings);
      settings.put("--optimizer", choice.rule().toString());
      optimizerOptions.addTo(settings);
      settings.put("--schedule", optimizer.groups().getFirst().schedule().toString());
      settings.put("--batch-size", Integer.toString(batchSize));
      settings.put("--seed", Long.toString(seed));
      settings.put("--vector-bits", Machine.usesSimd() ? "128, 256 or 512" : "0");
    }
    return settings;
  }

  private void checkTarget(double accuracy, History history) {
    if (until != null && accuracy < until) {
      throw new TrainingException(
          "test accuracy is %s after epoch %d; expected %s, as --until says"
              .formatted(accuracy, history.last().number(), until));
    }
  }

  private Mnist load() {
    if (source == null) {
      return EmbeddedDigits.load();
    }
    Path directory = source.directory;
    if (directory == null) {
      directory = MnistDownload.defaultDirectory();
      download(directory);
    }
    return Mnist.load(directory);
  }

  private void download(Path directory) {
    if (json || !Terminal.isInteractive()) {
      new MnistDownload().into(directory, (_, _, _) -> {});
    } else {
      try (DownloadBar bar = new DownloadBar()) {
        new MnistDownload().into(directory, bar);
      }
    }
  }
}
