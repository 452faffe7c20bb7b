package dev.descent.examples.mnist;

import dev.descent.core.tensor.Tensor;
import dev.descent.examples.Terminal;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** The first few images that a model reads wrong, drawn with characters, side by side. */
final class MisreadDigits {
  private static final int SHOWN = 3;
  private static final int BATCH_SIZE = 500;
  private static final float INK = 0.4f;
  private static final String GAP = "  ";

  private final boolean blocks = Terminal.showsBlocks();
  private final List<String> captions = new ArrayList<>();
  private final List<float[]> images = new ArrayList<>();

  MisreadDigits(Layer model, Dataset data) {
    int image = 0;
    for (Batch batch : DataLoader.inOrder(data, BATCH_SIZE).epoch(0)) {
      Tensor logits = model.forward(batch.inputs());
      for (int i = 0; i < batch.size() && images.size() < SHOWN; i++, image++) {
        int read = ConfusionMatrix.argMax(logits, i);
        int label = batch.labels().get(i);
        if (read != label) {
          captions.add("image %d: a %d, read as %d".formatted(image, label, read));
          images.add(batch.inputs().gatherRows(i).toArray());
        }
      }
    }
  }

  /** The images under their captions; empty if nothing was read wrong. */
  String draw() {
    StringBuilder drawing = new StringBuilder();
    for (String caption : captions) {
      drawing.append(caption).append(" ".repeat(Mnist.SIDE - caption.length())).append(GAP);
    }
    for (int row = 0; row < Mnist.SIDE && !images.isEmpty(); row += 2) {
      drawing.append('\n');
      for (float[] image : images) {
        for (int column = 0; column < Mnist.SIDE; column++) {
          boolean upper = image[row * Mnist.SIDE + column] > INK;
          boolean lower = image[(row + 1) * Mnist.SIDE + column] > INK;
          drawing.append(character(upper, lower));
        }
        drawing.append(GAP);
      }
    }
    return drawing.toString();
  }

  /** Two pixels, one above the other. */
  private char character(boolean upper, boolean lower) {
    if (blocks) {
      return upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' ');
    }
    return upper ? (lower ? '#' : '"') : (lower ? '_' : ' ');
  }
}
