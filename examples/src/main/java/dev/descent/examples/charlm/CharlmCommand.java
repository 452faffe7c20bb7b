package dev.descent.examples.charlm;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.charlm.CharacterModel.Size;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.data.Batch;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a transformer to foretell the characters of a novel, and lets it write. */
@Command(
    name = "charlm",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train a causal transformer to foretell the next character of Moby-Dick, which comes with"
            + " the program, and let it write some text. Learns with AdamW (learning rate 0.002)"
            + " along a cosine unless told otherwise.",
    footer = {"", "Example:", "  descent charlm --prompt \"Call me \" --temperature 0.7"})
public final class CharlmCommand implements Callable<Integer> {
  private static final Size SMALL = new Size(128, 4, 2, 64, 0);
  private static final Size FULL = new Size(256, 8, 4, 128, 0.1);
  private static final int SMALL_STEPS = 1500;
  private static final int FULL_STEPS = 3000;
  private static final int ROWS = 10;
  private static final int SAMPLE = 10_000;
  private static final double LN2 = Math.log(2);

  @Option(
      names = "--full",
      description =
          "A larger model for more steps: 4 layers of 256 features instead of 2 of 128, 128"
              + " characters in sight instead of 64, dropout 0.1. Takes some twenty minutes.")
  private boolean full;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Steps of training. Default: 1500, 3000 with --full.")
  private @Nullable Integer steps;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "Pieces of the novel per step, cut out at random places. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 16;

  @Mixin private WritingOptions writing = new WritingOptions();

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("adamw", 0.002, "cosine");

  /** For picocli. */
  public CharlmCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Novel novel = Novel.load();
    writing.check(novel);
    Size size = full ? FULL : SMALL;
    int total = steps != null ? steps : full ? FULL_STEPS : SMALL_STEPS;
    int characters = novel.alphabet().length();
    RandomStream random = RandomStream.of(run.seed(), "initialization");
    CharacterModel model = CharacterModel.of(characters, size, random);
    Optimizer optimizer = run.optimizer(model.parameters(), total);
    try (Report report = run.report()) {
      run.about(
          report,
          "%d layers of %d features and %d heads, %d characters in sight, dropout %s"
              .formatted(size.layers(), size.width(), size.heads(), size.context(), size.dropout()),
          optimizer);
      report.about(
          "data",
          "Moby-Dick: %,d characters of %d kinds to learn from, the last %,d to test with"
              .formatted(novel.training().length, characters, novel.test().length));
      NGrams grams = new NGrams(5, characters, novel.training());
      double triples = grams.bitsPerCharacter(3, novel.test());
      double fives = grams.bitsPerCharacter(5, novel.test());
      Chart chart =
          new Chart("Bits per character", "step", "bits")
              .curve("3-grams", List.of(0, total), Collections.nCopies(2, triples))
              .curve("5-grams", List.of(0, total), Collections.nCopies(2, fives));
      double seconds = train(report, model, optimizer, novel, total, chart);
      double bits = model.bitsPerCharacter(novel.test());
      String text = writing.write(model, novel, run.seed());
      if (run.json()) {
        report.row(Field.text("text", text));
      } else {
        WritingOptions.lines(text).forEach(report::line);
      }
      picture.draw(chart::draw);
      report.result(
          Field.number("testBitsPerCharacter", bits, 4),
          Field.number("threeGrams", triples, 4),
          Field.number("fiveGrams", fives, 4),
          Field.seconds("trainSeconds", seconds),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
    }
    return 0;
  }

  /** Takes steps, each with pieces of the novel cut out at random places. */
  private double train(
      Report report,
      CharacterModel model,
      Optimizer optimizer,
      Novel novel,
      int total,
      Chart chart) {
    int context = model.context();
    int[] sample = Arrays.copyOf(novel.test(), SAMPLE);
    List<Integer> rows = new ArrayList<>();
    List<Double> trainBits = new ArrayList<>();
    List<Double> testBits = new ArrayList<>();
    long start = System.nanoTime();
    double sum = 0;
    int count = 0;
    for (int step = 1; step <= total; step++) {
      RandomStream random = RandomStream.of(run.seed(), "windows", step);
      int[] starts =
          IntStream.range(0, batchSize)
              .map(_ -> random.nextInt(novel.training().length - context))
              .toArray();
      Batch<Indices> windows = Windows.cut(novel.training(), context, starts);
      Tensor loss = model.loss(windows, Pass.training(run.seed(), step - 1));
      optimizer.clearGradients();
      loss.backward();
      optimizer.step();
      double bits = loss.item() / LN2;
      if (!Double.isFinite(bits)) {
        throw new TrainingException(
            "loss is %s at step %d: the learning rate %s is likely too large"
                .formatted(bits, step, optimizer.learningRate()));
      }
      run.observe(bits);
      sum += bits;
      count++;
      report.progress("training", step, total, () -> "%.3f bits per character".formatted(bits));
      if (step == total || step % Math.ceilDiv(total, ROWS) == 0) {
        rows.add(step);
        trainBits.add(sum / count);
        testBits.add(model.bitsPerCharacter(sample));
        report.row(
            Field.count("step", step),
            Field.number("trainBits", trainBits.getLast(), 4),
            Field.number("testSampleBits", testBits.getLast(), 4),
            Field.seconds("seconds", (System.nanoTime() - start) / 1e9));
        sum = 0;
        count = 0;
      }
    }
    chart.curve("training", rows, trainBits).curve("test", rows, testBits);
    return (System.nanoTime() - start) / 1e9;
  }
}
