package dev.descent.examples.vision;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.AdaptiveAvgPool2d;
import dev.descent.nn.layer.BatchNorm;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Residual;
import dev.descent.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * A small residual network (He et al. 2016, "Deep Residual Learning for Image Recognition"): a
 * convolution, residual blocks each of which halves the picture and doubles the channels, the mean
 * over the picture, and a linear layer. Convolutions have no bias; the batch norms after them do.
 */
final class ResidualNetwork {
  private ResidualNetwork() {}

  /**
   * The network before training, {@code [batch, 3, side, side] -> [batch, classes]}.
   *
   * @param channels after the first convolution
   * @param blocks how many residual blocks
   */
  static Layer of(int channels, int blocks, int classes, RandomStream random) {
    List<Layer> layers = new ArrayList<>();
    layers.add(convolution(Canvas.CHANNELS, channels, Window.of(5).padding(2).stride(2), random));
    layers.add(BatchNorm.of(channels));
    layers.add(Activation.RELU);
    int in = channels;
    for (int i = 0; i < blocks; i++) {
      layers.add(block(in, 2 * in, random));
      layers.add(Activation.RELU);
      in *= 2;
    }
    layers.add(new AdaptiveAvgPool2d(1, 1));
    layers.add(new Flatten());
    layers.add(Linear.of(in, classes, random));
    return new Sequential(layers);
  }

  /** Two convolutions, the first of which skips every other pixel; and the way around them. */
  private static Layer block(int in, int out, RandomStream random) {
    return new Residual(
        Sequential.of(
            convolution(in, out, Window.of(3).padding(1).stride(2), random),
            BatchNorm.of(out),
            Activation.RELU,
            convolution(out, out, Window.of(3).padding(1), random),
            BatchNorm.of(out)),
        Sequential.of(convolution(in, out, Window.of(1).stride(2), random), BatchNorm.of(out)));
  }

  private static Layer convolution(int in, int out, Window window, RandomStream random) {
    return Conv2d.of(in, out, window, random).withoutBias();
  }
}
