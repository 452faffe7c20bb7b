package dev.descent.examples.policy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.InputException;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.cli.Terminal;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns to balance a pole by trying. */
@Command(
    name = "policy",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Learn to balance a pole on a cart, by trying and by nothing else: REINFORCE with a"
            + " baseline, with Adam (learning rate 0.02) or another rule, until the last 100"
            + " episodes took 475 of 500 steps on average.")
public final class PolicyCommand implements Callable<Integer> {
  private static final int TESTS = 100;
  private static final int ROW = 50;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Try so often at most. Default: ${DEFAULT-VALUE}.")
  private int episodes = 2000;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Episodes per training step. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 10;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Units of the hidden layer. Default: ${DEFAULT-VALUE}.")
  private int hidden = 128;

  @Option(
      names = "--discount",
      paramLabel = "PART",
      converter = Numbers.Share.class,
      description =
          "What a reward counts for each step that it comes later. Default: ${DEFAULT-VALUE}.")
  private double discount = 0.99;

  @Option(
      names = "--watch",
      description = "Show in the terminal how the pole is balanced in the end.")
  private boolean watch;

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("adam", 0.02);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  public PolicyCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    if (watch && (run.json() || !Terminal.isInteractive())) {
      throw new InputException("--watch shows moving pictures; expected a terminal and no --json");
    }
    RandomStream random = RandomStream.of(run.seed(), "initialization");
    Layer policy =
        Sequential.of(Linear.of(4, hidden, random), Activation.RELU, Linear.of(hidden, 2, random));
    Optimizer optimizer = run.optimizer(policy.parameters(), Math.ceilDiv(episodes, batchSize));
    try (Report report = run.report()) {
      run.about(report, "4-%d-2, relu: position and angle to push".formatted(hidden), optimizer);
      report.about("task", "cart-pole, as Gymnasium's CartPole-v1");
      Returns returns = learn(report, policy, optimizer);
      Episodes test;
      try (Optimizer.Averaged _ = optimizer.averaged()) {
        test = Episodes.likeliest(policy, run.seed(), TESTS);
      }
      picture.draw(returns::draw);
      report.result(
          new Field("solved", returns.areSolved(), returns.areSolved() ? "yes" : "no"),
          Field.count("episodes", returns.count()),
          Field.number("meanReturn", returns.recentMean(), 1),
          Field.number("testReturn", test.meanReturn(), 1),
          Field.text("weightsSha256", WeightsDigest.sha256(policy.parameters())));
      if (watch) {
        CartPoleView.animate(command.commandLine().getOut(), test.statesOf(0));
      }
    }
    return 0;
  }

  /** Plays and learns in turn, until the task is solved or all episodes are played. */
  private Returns learn(Report report, Layer policy, Optimizer optimizer) {
    Returns returns = new Returns();
    long start = System.nanoTime();
    while (returns.count() < episodes && !returns.areSolved()) {
      int before = returns.count();
      int count = Math.min(batchSize, episodes - before);
      Episodes played = Episodes.sampled(policy, run.seed(), before, count);
      double loss = step(policy, optimizer, played);
      if (!Double.isFinite(loss)) {
        throw new TrainingException(
            "loss is %s after %d episodes: the learning rate is likely too large"
                .formatted(loss, before));
      }
      run.observe(loss);
      returns.add(played.lengths());
      boolean last = returns.count() == episodes || returns.areSolved();
      if (last || returns.count() / ROW > before / ROW) {
        report.row(
            Field.count("episodes", returns.count()),
            Field.number("meanReturn", returns.recentMean(), 1),
            Field.number("latestReturn", played.meanReturn(), 1),
            Field.number("policyLoss", loss, 4),
            Field.seconds("seconds", (System.nanoTime() - start) / 1e9));
      }
      report.progress(
          "learning",
          returns.count(),
          episodes,
          () -> "mean return %.1f".formatted(returns.recentMean()));
    }
    return returns;
  }

  /**
   * REINFORCE: makes what was done likelier where it turned out well and less likely where it did
   * not. The gradient of this loss is, but for sign and scale, an estimate of that of the expected
   * return (Williams 1992, "Simple Statistical Gradient-Following Algorithms for Connectionist
   * Reinforcement Learning").
   */
  private double step(Layer policy, Optimizer optimizer, Episodes played) {
    Tensor logProbabilities =
        policy.forward(played.observations()).logSoftmax().gather(1, played.actions());
    Tensor loss = logProbabilities.times(played.advantages(discount)).mean().negate();
    optimizer.clearGradients();
    loss.backward();
    optimizer.step();
    return loss.item();
  }
}
