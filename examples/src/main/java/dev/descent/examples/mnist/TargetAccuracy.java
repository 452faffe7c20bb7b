package dev.descent.examples.mnist;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Progress;
import dev.descent.optim.Optimizer;

/**
 * Ends training as soon as a share of the test images is read right. A look at them ends as soon as
 * too many were misread for that.
 */
final class TargetAccuracy implements Callback {
  /** Often enough to end soon, seldom enough to spend most of the time on training. */
  private static final int INTERVAL = 100;

  private static final int BATCH_SIZE = 250;

  private final double target;
  private final Layer model;
  private final Optimizer optimizer;
  private final Dataset testImages;

  TargetAccuracy(double target, Layer model, Optimizer optimizer, Dataset testImages) {
    this.target = target;
    this.model = model;
    this.optimizer = optimizer;
    this.testImages = testImages;
  }

  @Override
  public Next afterStep(Progress progress) {
    return optimizer.stepsTaken() % INTERVAL == 0 && isReached() ? Next.STOP : Next.CONTINUE;
  }

  private boolean isReached() {
    int size = testImages.size();
    int misread = 0;
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      for (int from = 0; from < size && isWithinReach(misread); from += BATCH_SIZE) {
        misread += misread(testImages.range(from, Math.min(from + BATCH_SIZE, size)));
      }
    }
    return isWithinReach(misread);
  }

  /** Whether the share would be reached without another mistake. */
  private boolean isWithinReach(int misread) {
    return (double) (testImages.size() - misread) / testImages.size() >= target;
  }

  private int misread(Dataset images) {
    Tensor logits = NoGradient.of(() -> model.forward(images.inputs()));
    int misread = 0;
    for (int i = 0; i < images.size(); i++) {
      if (ConfusionMatrix.argMax(logits, i) != images.labels().get(i)) {
        misread++;
      }
    }
    return misread;
  }
}
