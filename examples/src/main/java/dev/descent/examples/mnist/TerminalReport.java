package dev.descent.examples.mnist;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Parameter;
import dev.descent.examples.Terminal;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.Progress;
import dev.descent.optim.rule.Rules;
import java.util.Objects;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A training run for people: a progress bar, a line an epoch, and what the network gets wrong. */
final class TerminalReport implements Report {
  private final boolean interactive = Terminal.isInteractive();
  private @Nullable ProgressBar bar;

  @Override
  public void begin(Layer model, Rules.Choice optimizer, Mnist mnist) {
    int parameters = model.parameters().values().stream().mapToInt(Parameter::size).sum();
    say("network    %,d parameters in %d tensors".formatted(parameters, model.parameters().size()));
    say("optimizer  %s, learning rate %s".formatted(optimizer.rule(), optimizer.learningRate()));
    say(
        "data       %,d training images, %,d test images"
            .formatted(mnist.training().size(), mnist.test().size()));
    say(
        "machine    %s, %d thread%s"
            .formatted(Kernels.describe(), Machine.threads(), Machine.threads() == 1 ? "" : "s"));
    say("");
    say("epoch  train loss  train accuracy  test accuracy  seconds");
  }

  @Override
  public void afterStep(Progress progress) {
    if (!interactive) {
      return;
    }
    if (bar == null) {
      String task = "epoch %d/%d".formatted(progress.epoch(), progress.epochs());
      bar = Terminal.progressBar(task, progress.ofExamples(), " images");
    }
    bar.stepTo(progress.examples());
    bar.setExtraMessage(
        " loss %.3f, accuracy %.1f %%, %,.0f images/s"
            .formatted(
                progress.loss(),
                100 * progress.accuracy(),
                progress.examples() / progress.seconds()));
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    close();
    Evaluation test = Objects.requireNonNull(epoch.validation());
    say(
        "%5d  %10.4f  %12.2f %%  %11.2f %%  %7.2f"
            .formatted(
                epoch.number(),
                epoch.trainLoss(),
                100 * epoch.trainAccuracy(),
                100 * test.accuracy(),
                epoch.seconds()));
    return Next.CONTINUE;
  }

  @Override
  public void end(Result result) {
    say("");
    print(result.test().confusion());
    say("");
    String digits = new MisreadDigits(result.model(), result.mnist().test()).draw();
    if (!digits.isEmpty()) {
      say("misread, for example:");
      System.out.println(digits);
    }
    say("test accuracy  %.2f %%".formatted(100 * result.test().accuracy()));
    say(
        "training       %.2f s, %,.0f images/s"
            .formatted(result.history().seconds(), result.imagesPerSecond()));
    say("weights        sha256 %s".formatted(result.weightsSha256()));
  }

  private static void print(ConfusionMatrix confusion) {
    StringBuilder header = new StringBuilder("digit ");
    for (int digit = 0; digit < confusion.classes(); digit++) {
      header.append("%6s".formatted("as " + digit));
    }
    say("%s   right".formatted(header));
    for (int digit = 0; digit < confusion.classes(); digit++) {
      StringBuilder row = new StringBuilder("%5d ".formatted(digit));
      for (int read = 0; read < confusion.classes(); read++) {
        long count = confusion.count(digit, read);
        row.append("%6s".formatted(count == 0 ? "." : Long.toString(count)));
      }
      say("%s %6.1f %%".formatted(row, 100 * confusion.accuracy(digit)));
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
