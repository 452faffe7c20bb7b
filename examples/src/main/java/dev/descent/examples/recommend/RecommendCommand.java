package dev.descent.examples.recommend;

import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.EpochOptions;
import dev.descent.examples.cli.InputException;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Split;
import dev.descent.nn.data.TensorDataset;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns what users make of items, once by rows and once with whole tables. */
@Command(
    name = "recommend",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Learn from made-up ratings what users make of items, with factors of each. Twice: with"
            + " gradients of the few rows that a step uses, and with gradients of whole tables,"
            + " which takes longer and should come to the same. With SGD (learning rate 4) or"
            + " another rule.")
public final class RecommendCommand implements Callable<Integer> {
  private static final int POINTS = 100;

  @Mixin private RatingsOptions ratings = new RatingsOptions();

  @Option(
      names = "--factors",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Factors of a user or an item. Default: ${DEFAULT-VALUE}.")
  private int factors = 32;

  @Mixin private EpochOptions epochOptions = new EpochOptions(3, 128);

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("sgd", 4);

  /** For picocli. */
  public RecommendCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Ratings made = ratings.make(run.seed());
    Split<TensorDataset> split = made.split(run.seed());
    Means means = new Means(made, split.training());
    DataLoader<Tensor> batches =
        DataLoader.shuffled(split.training(), epochOptions.batchSize(), run.seed());
    try (Report report = run.report()) {
      Factors some = Factors.of(made, means.mean(), factors, run.seed()).byRows();
      Training byRows = new Training(some, optimizerByRows(some, batches));
      run.about(
          report,
          "%,d users and %,d items, %d factors and a bias each"
              .formatted(made.users(), made.items(), factors),
          byRows.optimizer());
      report.about(
          "data",
          "%,d made-up ratings of 1 to 5 stars, %,d more to test with"
              .formatted(split.training().size(), split.validation().size()));
      learn(report, "rows", byRows, batches, split.validation());
      Factors all = Factors.of(made, means.mean(), factors, run.seed());
      Training whole = new Training(all, run.optimizer(all.parameters(), steps(batches)));
      learn(report, "tables", whole, batches, split.validation());
      picture.draw(() -> draw(byRows, whole));
      compare(report, byRows, whole);
      report.result(
          Field.number("testError", byRows.error(split.validation()), 4),
          Field.number("errorOfMeans", means.error(split.validation()), 4),
          Field.number("timesFaster", whole.secondsPerStep() / byRows.secondsPerStep(), 1),
          Field.text("weightsSha256", WeightsDigest.sha256(some.parameters())));
    }
    return 0;
  }

  private long steps(DataLoader<Tensor> batches) {
    return (long) epochOptions.epochs() * batches.batches();
  }

  private Optimizer optimizerByRows(Factors model, DataLoader<Tensor> batches) {
    try {
      return run.optimizer(model.parameters(), steps(batches));
    } catch (IllegalArgumentException e) { // of a rule that looks at whole tables
      throw new InputException("--optimizer: " + e.getMessage(), e);
    }
  }

  private void learn(
      Report report,
      String gradients,
      Training training,
      DataLoader<Tensor> batches,
      TensorDataset test) {
    for (int epoch = 1; epoch <= epochOptions.epochs(); epoch++) {
      String task = "%s, epoch %d/%d".formatted(gradients, epoch, epochOptions.epochs());
      double sum = 0;
      int done = 0;
      for (Batch<Tensor> batch : batches.epoch(epoch)) {
        double loss = training.step(batch);
        run.observe(loss);
        sum += loss;
        report.progress(task, ++done, batches.batches(), () -> "loss %.3f".formatted(loss));
      }
      report.row(
          Field.text("gradients", gradients),
          Field.count("epoch", epoch),
          Field.number("trainLoss", sum / done, 4),
          Field.number("testError", training.error(test), 4),
          Field.number("millisecondsPerStep", 1000 * training.secondsPerStep(), 3));
    }
  }

  private static void compare(Report report, Training byRows, Training whole) {
    int steps = byRows.losses().size();
    int equal = byRows.stepsLike(whole);
    boolean sameWeights =
        WeightsDigest.sha256(byRows.model().parameters())
            .equals(WeightsDigest.sha256(whole.model().parameters()));
    report.row(
        Field.count("steps", steps),
        Field.count("withTheSameLoss", equal),
        new Field("sameWeights", sameWeights, sameWeights ? "yes, bit for bit" : "no"));
    if (!sameWeights) {
      report.line(
          "By rows, only Sgd and AdaGrad without anything around them take the steps that they take"
              + " with whole tables; other rules leave rows alone that a step does not use, which"
              + " is called lazy (docs/around-the-rule.md).");
    }
  }

  private static BufferedImage draw(Training byRows, Training whole) {
    Chart chart = new Chart("Learning by rows, and with whole tables", "seconds", "loss");
    Map<String, Training> trainings = new LinkedHashMap<>();
    trainings.put("rows", byRows);
    trainings.put("tables", whole);
    trainings.forEach((name, training) -> {
      List<Double> times = new ArrayList<>();
      List<Double> losses = new ArrayList<>();
      int steps = training.losses().size();
      int each = Math.ceilDiv(steps, POINTS);
      double time = 0;
      for (int from = 0; from < steps; from += each) {
        int to = Math.min(steps, from + each);
        time += sum(training.seconds().subList(from, to));
        times.add(time);
        losses.add(sum(training.losses().subList(from, to)) / (to - from));
      }
      chart.curve(name, times, losses);
    });
    return chart.draw();
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
