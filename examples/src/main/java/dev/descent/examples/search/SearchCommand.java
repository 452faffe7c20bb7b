package dev.descent.examples.search;

import dev.descent.core.tensor.Indices;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.mnist.DigitsOptions;
import dev.descent.examples.report.Epochs;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.data.Split;
import dev.descent.nn.search.Candidates;
import dev.descent.nn.search.Ranking;
import dev.descent.nn.search.Search;
import dev.descent.nn.search.Trial;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for settings with which a network learns digits well. */
@Command(
    name = "search",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Search for the rule, learning rate and batch size with which 784-128-10 learns digits"
            + " best: short trials on five sixths of the training images, judged by the others;"
            + " then the best settings with all of them, judged by the test images. As many trials"
            + " at a time as there are threads. --optimizer searches one rule alone.")
public final class SearchCommand implements Callable<Integer> {
  private static final int HELD_OUT = 6; // one of so many images

  @Mixin private DigitsOptions digits = new DigitsOptions();

  @Mixin private SpaceOptions space = new SpaceOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Passes over the images in a trial. Default: ${DEFAULT-VALUE}.")
  private int epochs = 5;

  @Option(
      names = "--final-epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Passes with the best settings. Default: ${DEFAULT-VALUE}.")
  private int finalEpochs = 10;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Keep what each trial came to, and go on from there: a search that was stopped tries"
              + " nothing twice.")
  private @Nullable Path journalFile;

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  public SearchCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    if (command.commandLine().getParseResult().hasMatchedOption("--optimizer")) {
      space.only(run.choice().name());
    }
    space.rules().forEach(rule -> run.choice(rule, 1)); // says what is wrong with one, if anything
    Mnist mnist = digits.load(run.json());
    Candidates<Settings> candidates = space.candidates(run.seed());
    Split<Dataset> split = mnist.training().split(mnist.training().size() / HELD_OUT, run.seed());
    Journal journal = new Journal(journalFile, describe(split.training()));
    try (Report report = run.report()) {
      report.about("network", Training.NETWORK);
      report.about(
          "search",
          "%d settings with %d epochs each: %s"
              .formatted(candidates.all().size(), epochs, String.join(", ", space.rules())));
      report.about(
          "data",
          "%,d images to learn from, %,d to judge by, %,d to test with"
              .formatted(split.training().size(), split.validation().size(), mnist.test().size()));
      Trial<Settings, Indices> trial =
          (settings, data) -> {
            double error = error(journal, settings, data);
            synchronized (report) { // which is not made for several threads
              report.progress("search", journal.size(), candidates.all().size(), () -> "");
            }
            return error;
          };
      Split<Examples<Indices>> data = new Split<>(split.training(), split.validation());
      Ranking<Settings> ranking = new Search<>(List.of(data), trial).among(candidates);
      tell(report, ranking);
      picture.draw(() -> RankingChart.draw(ranking));
      finish(report, ranking, mnist);
    }
    return 0;
  }

  /** All that a trial depends on besides its settings, by the names of the options. */
  private SequencedMap<String, String> describe(Dataset images) {
    SequencedMap<String, String> search = new LinkedHashMap<>();
    search.put("--data", DigitsOptions.describe(images));
    search.put("--epochs", Integer.toString(epochs));
    Settings any = new Settings(space.rules().getFirst(), 1, 32);
    run.addTo(search, new Training(run, any, images, epochs).optimizer());
    return search;
  }

  /** What a trial comes to, or has come to before. */
  private double error(Journal journal, Settings settings, Split<Examples<Indices>> data) {
    Double known = journal.error(settings);
    if (known != null) {
      return known;
    }
    double error;
    try {
      error =
          1 - new Training(run, settings, data.training(), epochs).accuracyOn(data.validation());
    } catch (TrainingException e) {
      error = Double.NaN; // a learning rate that is too large: last in the table
    }
    journal.add(settings, error);
    return error;
  }

  private static void tell(Report report, Ranking<Settings> ranking) {
    int rank = 1;
    int longest =
        ranking.all().stream().mapToInt(r -> r.candidate().rule().length()).max().orElseThrow();
    for (Ranking.Result<Settings> result : ranking.all()) {
      Settings settings = result.candidate();
      report.row(
          Field.count("rank", rank++),
          new Field("rule", settings.rule(), ("%-" + longest + "s").formatted(settings.rule())),
          Field.number("learningRate", settings.learningRate(), 5),
          Field.count("batchSize", settings.batchSize()),
          Field.percent("validationAccuracy", 1 - result.mean()));
    }
  }

  private static Field[] row(Epoch epoch) {
    return new Field[] {
      Field.count("epoch", epoch.number()),
      Field.number("trainLoss", epoch.trainLoss(), 4),
      Field.percent("trainAccuracy", epoch.trainAccuracy()),
      Field.seconds("seconds", epoch.seconds())
    };
  }

  /** Trains with the best settings on all images, and tests what has not been seen by anything. */
  private void finish(Report report, Ranking<Settings> ranking, Mnist mnist) {
    if (Double.isNaN(ranking.all().getFirst().mean())) {
      throw new TrainingException(
          "no settings are the best: with all %d the loss was no finite number in the end"
              .formatted(ranking.all().size()));
    }
    Settings best = ranking.best();
    Training training =
        new Training(
            run, best, mnist.training(), finalEpochs, new Epochs(report, SearchCommand::row));
    double accuracy = training.accuracyOn(mnist.test());
    report.result(
        Field.text("rule", best.rule()),
        Field.number("learningRate", best.learningRate(), 5),
        Field.count("batchSize", best.batchSize()),
        Field.percent("testAccuracy", accuracy),
        Field.text("weightsSha256", WeightsDigest.sha256(training.model().parameters())));
  }
}
