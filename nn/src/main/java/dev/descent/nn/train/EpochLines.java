package dev.descent.nn.train;

import java.util.function.Consumer;

/**
 * A line of text for each epoch, as {@code epoch 3 loss 0.2113 accuracy 0.9345 validation loss
 * 0.2410 validation accuracy 0.9280 1.26 s}.
 *
 * @param out takes each line: {@code System.out::println}
 */
public record EpochLines(Consumer<String> out) implements Callback {
  @Override
  public Next afterEpoch(Epoch epoch) {
    StringBuilder line = new StringBuilder("epoch ").append(epoch.number());
    append(line, "", epoch.training());
    if (epoch.validation() != null) {
      append(line, "validation ", epoch.validation());
    }
    out.accept(line.append("  %.2f s".formatted(epoch.seconds())).toString());
    return Next.CONTINUE;
  }

  private static void append(StringBuilder line, String prefix, Evaluation evaluation) {
    line.append("  %sloss %.4f".formatted(prefix, evaluation.loss()));
    evaluation
        .metrics()
        .forEach(
            (name, metric) -> line.append("  %s%s %.4f".formatted(prefix, name, metric.value())));
  }
}
