package dev.descent.examples.mnist;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** Some images that a model reads wrong, to be drawn with characters, side by side. */
final class MisreadDigits {
  private static final int BATCH_SIZE = 500;
  private static final float INK = 0.4f;
  private static final int GAP = 2;
  private static final int MOST = 4;

  private final List<String> captions = new ArrayList<>();
  private final List<float[]> images = new ArrayList<>();

  /**
   * Finds the first ones, as many as fit side by side.
   *
   * @param columns how many characters fit in a line
   */
  MisreadDigits(Layer model, Dataset data, int columns) {
    int wanted = Math.clamp((columns + GAP) / (Mnist.SIDE + GAP), 1, MOST);
    int before = 0;
    for (Batch<Indices> batch : DataLoader.inOrder(data, BATCH_SIZE).epoch(0)) {
      Tensor logits = model.forward(batch.inputs());
      for (int i = 0; i < batch.size() && images.size() < wanted; i++) {
        int read = ConfusionMatrix.argMax(logits, i);
        int label = batch.targets().get(i);
        if (read != label) {
          captions.add("image %d: %d read as %d".formatted(before + i, label, read));
          images.add(batch.inputs().gatherRows(i).toArray());
        }
      }
      before += batch.size();
      if (images.size() == wanted) {
        break;
      }
    }
  }

  /**
   * The images under their captions.
   *
   * @param blocks whether block characters can be shown
   * @return the lines, without those where no image has ink; none if nothing was read wrong
   */
  List<String> draw(boolean blocks) {
    List<String> lines = new ArrayList<>();
    if (images.isEmpty()) {
      return lines;
    }
    StringBuilder caption = new StringBuilder();
    captions.forEach(text -> caption.append(("%-" + (Mnist.SIDE + GAP) + "s").formatted(text)));
    lines.add(caption.toString().stripTrailing());
    for (int row = 0; row < Mnist.SIDE; row += 2) {
      StringBuilder line = new StringBuilder();
      for (float[] image : images) {
        for (int column = 0; column < Mnist.SIDE; column++) {
          boolean upper = image[row * Mnist.SIDE + column] > INK;
          boolean lower = image[(row + 1) * Mnist.SIDE + column] > INK;
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

  /** Two pixels, one above the other. */
  private static char block(boolean upper, boolean lower) {
    return upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' ');
  }

  private static char letter(boolean upper, boolean lower) {
    return upper ? (lower ? '#' : '"') : (lower ? '_' : ' ');
  }
}
