package dev.descent.examples.mnist;

import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import java.util.Objects;

/**
 * What a training run came to.
 *
 * @param history its epochs
 * @param examplesPerEpoch how many images were learned from in each
 * @param weightsSha256 the fingerprint of the trained weights
 * @param model the trained model
 * @param mnist the data
 */
record Result(
    History history, int examplesPerEpoch, String weightsSha256, Layer model, Mnist mnist) {
  /** The model on the test images, after the last epoch. */
  Evaluation test() {
    return Objects.requireNonNull(history.last().validation());
  }

  double imagesPerSecond() {
    return (double) examplesPerEpoch * history.epochs().size() / history.seconds();
  }
}
