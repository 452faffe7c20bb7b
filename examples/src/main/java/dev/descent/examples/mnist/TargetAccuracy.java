package dev.descent.examples.mnist;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.Progress;
import dev.descent.optim.Optimizer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Ends training as soon as a share of the test images is read right. A look at them ends as soon as
 * too many are misread for that, and begins with those that are the most likely to be: so it mostly
 * takes a tenth of them.
 */
final class TargetAccuracy implements Callback {
  /** Often enough to end soon, seldom enough to spend most of the time on training. */
  private static final int INTERVAL = 100;

  private final double target;
  private final Layer model;
  private final Optimizer optimizer;
  private final Dataset testImages;

  /**
   * How probable the model found each image's digit when it last read it. A half before it has:
   * more than where it misread one, and less than where it was sure.
   */
  private final float[] probabilities;

  TargetAccuracy(double target, Layer model, Optimizer optimizer, Dataset testImages) {
    this.target = target;
    this.model = model;
    this.optimizer = optimizer;
    this.testImages = testImages;
    probabilities = new float[testImages.size()];
    Arrays.fill(probabilities, 0.5f);
  }

  @Override
  public Next afterStep(Progress progress) {
    return optimizer.stepsTaken() % INTERVAL == 0 && isReached() ? Next.STOP : Next.CONTINUE;
  }

  private boolean isReached() {
    int[] order = leastProbableFirst();
    int misread = 0;
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      for (int from = 0;
          from < order.length && isWithinReach(misread);
          from += Evaluation.BATCH_SIZE) {
        int to = Math.min(from + Evaluation.BATCH_SIZE, order.length);
        misread += misread(Arrays.copyOfRange(order, from, to));
      }
    }
    return isWithinReach(misread);
  }

  private int[] leastProbableFirst() {
    // The bits of positive numbers are in the order of the numbers, and integers are sorted fast.
    return IntStream.range(0, probabilities.length)
        .mapToLong(i -> (long) Float.floatToRawIntBits(probabilities[i]) << Integer.SIZE | i)
        .sorted()
        .mapToInt(bits -> (int) bits)
        .toArray();
  }

  /** Whether the share would be reached without another mistake. */
  private boolean isWithinReach(int misread) {
    return (double) (testImages.size() - misread) / testImages.size() >= target;
  }

  private int misread(int... indices) {
    Dataset images = testImages.subset(indices);
    Tensor logits = NoGradient.of(() -> model.forward(images.inputs()));
    Tensor softmax = logits.softmax();
    int misread = 0;
    for (int i = 0; i < indices.length; i++) {
      int digit = images.labels().get(i);
      probabilities[indices[i]] = softmax.get(i, digit);
      if (ConfusionMatrix.argMax(logits, i) != digit) {
        misread++;
      }
    }
    return misread;
  }
}
