package dev.descent.examples.charlm;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;

/** Windows on a text: some characters in a row, and after each of them the next one. */
final class Windows {
  private Windows() {}

  /**
   * Cuts windows out of a text.
   *
   * @param text the numbers of its characters
   * @param length how many characters a window shows
   * @param starts where the windows begin
   * @return inputs {@code [windows, length]}, and as many targets, window after window
   */
  static Batch<Indices> cut(int[] text, int length, int... starts) {
    float[] inputs = new float[starts.length * length];
    int[] targets = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      int place = starts[i / length] + i % length;
      inputs[i] = text[place];
      targets[i] = text[place + 1];
    }
    return new Batch<>(Tensor.of(Shape.of(starts.length, length), inputs), Indices.of(targets));
  }
}
