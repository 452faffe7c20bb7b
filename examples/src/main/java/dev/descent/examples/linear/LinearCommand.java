package dev.descent.examples.linear;

import dev.descent.core.random.RandomStream;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Pictures;
import dev.descent.examples.report.Report;
import dev.descent.nn.init.Initializer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Sgd;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a line to points: by hand, with SGD, and with any rule. */
@Command(
    name = "linear",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Fit a line to 100 points of y = 2x + 1 with noise: by gradient descent written out by"
            + " hand, with SGD, and with Adam (learning rate 0.05) or another rule; and compare"
            + " with what least squares gives.")
public final class LinearCommand implements Callable<Integer> {
  private static final double LEARNING_RATE = 0.5;
  private static final int ROWS = 10;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Steps, each with the gradient of all points. Default: ${DEFAULT-VALUE}.")
  private int steps = 500;

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("adam", 0.05);

  /** For picocli. */
  public LinearCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Points points = Points.around(2, 1, 100, 0.2, run.seed());
    Linear sgdLine = newLine();
    Linear line = newLine();
    Optimizer optimizer = run.optimizer(line.parameters(), steps);
    String rule = run.choice().name();
    List<Descender> descenders =
        List.of(
            new ByHand(points, LEARNING_RATE),
            new ByLibrary(
                "sgd",
                points,
                sgdLine,
                new Optimizer(sgdLine.parameters(), new Sgd(), LEARNING_RATE)),
            new ByLibrary(rule.equals("sgd") ? "your sgd" : rule, points, line, optimizer));
    try (Report report = run.report()) {
      run.about(report, "y = slope x + intercept, from zeros", optimizer);
      report.about("data", "100 points of y = 2x + 1, with noise of 0.2");
      List<List<Double>> losses = descend(report, descenders);
      Points.Line best = points.leastSquares();
      fit(report, "least squares", best.slope(), best.intercept(), best);
      for (Descender descender : descenders) {
        fit(report, descender.name(), descender.slope(), descender.intercept(), best);
      }
      picture.draw(() -> draw(points, descenders, losses));
      report.result(
          Field.number("slope", descenders.getLast().slope(), 4),
          Field.number("intercept", descenders.getLast().intercept(), 4),
          Field.text("weightsSha256", WeightsDigest.sha256(line.parameters())));
    }
    return 0;
  }

  private static Linear newLine() {
    Initializer zero = Initializer.constant(0);
    return Linear.of(1, 1, zero, zero, RandomStream.of(0, "initialization"));
  }

  /** Lets each take its steps; returns the losses of each, step by step. */
  private List<List<Double>> descend(Report report, List<Descender> descenders) {
    List<List<Double>> losses = new ArrayList<>();
    descenders.forEach(_ -> losses.add(new ArrayList<>()));
    for (int step = 1; step <= steps; step++) {
      List<Field> row = new ArrayList<>(List.of(Field.count("step", step)));
      for (int i = 0; i < descenders.size(); i++) {
        double loss = descenders.get(i).step();
        if (!Double.isFinite(loss)) {
          throw new TrainingException(
              "loss of %s is %s at step %d: the learning rate is likely too large"
                  .formatted(descenders.get(i).name(), loss, step));
        }
        losses.get(i).add(loss);
        row.add(Field.number(descenders.get(i).name(), loss, 6));
      }
      run.observe(losses.getLast().getLast());
      if (step == 1 || step % Math.ceilDiv(steps, ROWS) == 0) {
        report.row(row.toArray(Field[]::new));
      }
    }
    return losses;
  }

  /** A row with a line, and how far it is from the best one in standard errors of that. */
  private static void fit(
      Report report, String name, double slope, double intercept, Points.Line best) {
    double apart =
        Math.max(
            Math.abs(slope - best.slope()) / best.slopeError(),
            Math.abs(intercept - best.intercept()) / best.interceptError());
    report.row(
        Field.text("fit", name),
        Field.number("slope", slope, 4),
        Field.number("intercept", intercept, 4),
        Field.number("standardErrorsApart", apart, 4));
  }

  private static BufferedImage draw(
      Points points, List<Descender> descenders, List<List<Double>> losses) {
    Chart curves = new Chart("Loss", "step", "mean squared error").logarithmic();
    Chart lines = new Chart("Fitted lines", "x", "y").points("points", points.x(), points.y());
    for (int i = 0; i < descenders.size(); i++) {
      Descender by = descenders.get(i);
      List<Integer> numbers = IntStream.rangeClosed(1, losses.get(i).size()).boxed().toList();
      curves.curve(by.name(), numbers, losses.get(i));
      lines.curve(by.name(), List.of(0, 1), List.of(by.intercept(), by.intercept() + by.slope()));
    }
    return Pictures.beside(curves.draw(), lines.draw());
  }
}
