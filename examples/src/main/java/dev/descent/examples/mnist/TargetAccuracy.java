package dev.descent.examples.mnist;

import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.Progress;
import dev.descent.optim.Optimizer;

/** Ends training as soon as a share of the test images is read right. */
final class TargetAccuracy implements Callback {
  /** Often enough to end soon, seldom enough to spend most of the time on training. */
  private static final int INTERVAL = 100;

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
    return optimizer.stepsTaken() % INTERVAL == 0
            && Evaluation.of(model, new CrossEntropy(), testImages).accuracy() >= target
        ? Next.STOP
        : Next.CONTINUE;
  }
}
