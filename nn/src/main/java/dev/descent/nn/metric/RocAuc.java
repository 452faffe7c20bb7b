package dev.descent.nn.metric;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;

/**
 * The area under the receiver operating characteristic: the probability that an example of the
 * class gets a higher score than one that is not of it, where equal scores count as half (Hanley
 * and McNeil 1982, "The Meaning and Use of the Area under a ROC Curve"). 0.5 is what chance gives.
 * NaN if there is no example of the class, or no other.
 *
 * <p>Only the order of the scores matters: logits do as well as probabilities. Infinite scores are
 * scores like others. All of them are kept, and sorted when the value is asked for.
 */
public final class RocAuc implements Metric<Tensor> {
  private float[] positives = new float[64];
  private float[] negatives = new float[64];
  private int positive;
  private int negative;

  /** Nothing is counted yet. */
  public RocAuc() {}

  /**
   * Counts a batch.
   *
   * @param scores the higher, the more likely is it the class; any shape
   * @param targets 1 for an example of the class, 0 for another, in the same shape
   * @throws ShapeException if the shapes differ
   * @throws IllegalArgumentException if a target is neither, or a score is NaN; nothing is counted
   *     then
   */
  @Override
  public void add(Tensor scores, Tensor targets) {
    if (!scores.shape().equals(targets.shape())) {
      throw new ShapeException("rocAuc", scores.shape(), targets.shape(), "expected equal shapes");
    }
    for (int i = 0; i < scores.size(); i++) {
      float target = targets.array()[targets.offset() + i];
      check(target == 0 || target == 1, "target", i, target, "0 or 1");
      float score = scores.array()[scores.offset() + i];
      check(!Float.isNaN(score), "score", i, score, "a number");
    }
    for (int i = 0; i < scores.size(); i++) {
      float score = scores.array()[scores.offset() + i];
      if (targets.array()[targets.offset() + i] == 1) {
        positives = withRoom(positives, positive);
        positives[positive++] = score;
      } else {
        negatives = withRoom(negatives, negative);
        negatives[negative++] = score;
      }
    }
  }

  private static void check(boolean holds, String what, int number, float value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "rocAuc: %s %d is %s; expected %s".formatted(what, number, value, expected));
    }
  }

  private static float[] withRoom(float[] array, int used) {
    return used < array.length ? array : Arrays.copyOf(array, 2 * used);
  }

  /** Counts, for each positive, the negatives below it and half of those beside it. */
  @Override
  public double value() {
    float[] above = Arrays.copyOf(positives, positive);
    float[] below = Arrays.copyOf(negatives, negative);
    Arrays.sort(above);
    Arrays.sort(below);
    double pairs = 0;
    int lower = 0;
    int upTo = 0;
    for (float score : above) {
      while (lower < below.length && below[lower] < score) {
        lower++;
      }
      while (upTo < below.length && below[upTo] <= score) {
        upTo++;
      }
      pairs += (lower + upTo) / 2.0;
    }
    return pairs / ((double) positive * negative);
  }
}
