package dev.descent.bench;

import dev.descent.core.tensor.Tensor;
import java.util.Collection;
import java.util.List;

/**
 * What a benchmark measures.
 *
 * @param body does it once
 * @param inputs what it reads
 */
record Work(Runnable body, Collection<? extends Tensor> inputs) {
  /** What stands in a benchmark's field until JMH has set it up. */
  static final Work NONE = new Work(() -> {}, List.of());

  void run() {
    body.run();
  }

  /**
   * The control of every benchmark: the sum of all inputs, one element after another. Its time must
   * grow in proportion to the size; where it does not, the measurement is wrong.
   */
  float control() {
    float sum = 0;
    for (Tensor tensor : inputs) {
      float[] array = tensor.array();
      int end = tensor.offset() + tensor.size();
      for (int i = tensor.offset(); i < end; i++) {
        sum += array[i];
      }
    }
    return sum;
  }
}
