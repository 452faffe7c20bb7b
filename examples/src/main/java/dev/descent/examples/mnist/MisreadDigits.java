package dev.descent.examples.mnist;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.report.Pictures;
import dev.descent.examples.report.Pictures.Caption;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Evaluation;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Some images that a model reads wrong. */
final class MisreadDigits {
  private static final float INK = 0.4f;
  private static final int GAP = 2;
  private static final int MOST_IN_A_LINE = 4;
  private static final int COLUMNS = 8;
  private static final int SCALE = 2;

  /** A full {@link #draw() picture}. */
  private static final int MOST = 5 * COLUMNS;

  private record Misread(int number, int label, int read, Tensor image) {
    float pixel(int row, int column) {
      return image.get(0, row, column);
    }
  }

  private final List<Misread> images = new ArrayList<>();

  /** Finds the first ones. */
  MisreadDigits(Layer model, Dataset data) {
    int before = 0;
    for (Batch<Indices> batch : DataLoader.inOrder(data, Evaluation.BATCH_SIZE).epoch(0)) {
      Tensor logits = NoGradient.of(() -> model.forward(batch.inputs()));
      for (int i = 0; i < batch.size() && images.size() < MOST; i++) {
        int read = ConfusionMatrix.argMax(logits, i);
        int label = batch.targets().get(i);
        if (read != label) {
          images.add(new Misread(before + i, label, read, batch.inputs().gatherRows(i)));
        }
      }
      before += batch.size();
      if (images.size() == MOST) {
        break;
      }
    }
  }

  /**
   * Draws with characters the first images, as many as fit side by side, under a heading and their
   * captions.
   *
   * @param columns how many characters fit in a line
   * @param blocks whether block characters can be shown
   * @return the lines, without those where no image has ink; none if nothing was read wrong
   */
  List<String> lines(int columns, boolean blocks) {
    int fit = Math.clamp((columns + GAP) / (Mnist.SIDE + GAP), 1, MOST_IN_A_LINE);
    List<Misread> shown = images.subList(0, Math.min(fit, images.size()));
    List<String> lines = new ArrayList<>();
    if (shown.isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add("misread, for example");
    StringBuilder caption = new StringBuilder();
    for (Misread image : shown) {
      String text =
          "image %d: %d read as %d".formatted(image.number(), image.label(), image.read());
      caption.append(("%-" + (Mnist.SIDE + GAP) + "s").formatted(text));
    }
    lines.add(caption.toString().stripTrailing());
    for (int row = 0; row < Mnist.SIDE; row += 2) {
      StringBuilder line = new StringBuilder();
      for (Misread image : shown) {
        for (int column = 0; column < Mnist.SIDE; column++) {
          boolean upper = image.pixel(row, column) > INK;
          boolean lower = image.pixel(row + 1, column) > INK;
          line.append(blocks ? block(upper, lower) : letter(upper, lower));
        }
        line.append(" ".repeat(GAP));
      }
      if (!line.toString().isBlank()) {
        lines.add(line.toString().stripTrailing());
      }
    }
    return lines;
  }

  boolean isEmpty() {
    return images.isEmpty();
  }

  /** Draws up to 40 with what they were read as; there must be one. */
  BufferedImage draw() {
    List<Caption> captions = new ArrayList<>();
    for (Misread image : images) {
      captions.add(new Caption("%d, not %d".formatted(image.read(), image.label()), false));
    }
    Tensor digits =
        Tensor.concatenate(0, images.stream().map(Misread::image).toArray(Tensor[]::new));
    return Pictures.captioned(digits, captions, COLUMNS, SCALE);
  }

  /** Two pixels, one above the other. */
  private static char block(boolean upper, boolean lower) {
    return upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' ');
  }

  private static char letter(boolean upper, boolean lower) {
    return upper ? (lower ? '#' : '"') : (lower ? '_' : ' ');
  }
}
