package dev.descent.examples.autoencoder;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Parts;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.BinaryCrossEntropyWithLogits;
import dev.descent.nn.loss.Loss;

/**
 * A variational autoencoder (Kingma and Welling 2014, "Auto-Encoding Variational Bayes"): an
 * encoder says which codes an image may have come from, a normal distribution; a decoder says what
 * image a code stands for, a probability of white for each pixel.
 *
 * @param encoder {@code [batch, pixels] -> [batch, hidden]}
 * @param mean {@code [batch, hidden] -> [batch, latent]}
 * @param logVariance {@code [batch, hidden] -> [batch, latent]}
 * @param decoder {@code [batch, latent] -> [batch, pixels]}, in logits
 */
record VariationalAutoencoder(Layer encoder, Linear mean, Linear logVariance, Layer decoder)
    implements Layer {
  /** A network with one hidden layer on each side, initialised as PyTorch does. */
  static VariationalAutoencoder of(int pixels, int hidden, int latent, RandomStream random) {
    return new VariationalAutoencoder(
        Sequential.of(Linear.of(pixels, hidden, random), Activation.RELU),
        Linear.of(hidden, latent, random),
        Linear.of(hidden, latent, random),
        Sequential.of(
            Linear.of(latent, hidden, random), Activation.RELU, Linear.of(hidden, pixels, random)));
  }

  /**
   * Encodes images and decodes a code of each, drawn from its distribution. Chance is the pass's,
   * and what is drawn is {@code mean + deviation * noise}: so gradients flow through it to both
   * (the reparameterisation trick).
   *
   * @param images {@code [batch, pixels]}, from 0 to 1
   * @return {@code [batch, pixels + 2 latent]}: the decoder's logits, the means and the logarithms
   *     of the variances, side by side
   */
  @Override
  public Tensor forward(Tensor images, Pass pass) {
    Tensor hidden = pass.apply("encoder", encoder, images);
    Tensor means = pass.apply("mean", mean, hidden);
    Tensor logVariances = pass.apply("logVariance", logVariance, hidden);
    Tensor deviations = logVariances.times(0.5f).exp();
    Tensor codes = means.plus(deviations.times(noise(means.shape(), pass.random("noise"))));
    return Tensor.concatenate(1, pass.apply("decoder", decoder, codes), means, logVariances);
  }

  /**
   * What an image costs to tell when its code is known: {@code -log p(image | code)} in nats, a
   * pixel from 0 to 1 being the probability of white; the mean over the batch.
   */
  Loss<Tensor> reconstruction() {
    return new BinaryCrossEntropyWithLogits().onColumns(0, pixels()).times(pixels());
  }

  /**
   * What the code costs: how far its distribution is from the prior, the standard normal
   * distribution (Kingma and Welling, appendix B),
   *
   * <pre>
   * KL = 1/2 sum of (mean^2 + variance - log variance - 1)
   * </pre>
   *
   * <p>in nats; the mean over the batch.
   */
  Loss<Tensor> divergence() {
    Loss<Tensor> ofCodes =
        (codes, _) -> {
          Tensor means = codes.slice(1, 0, latent());
          Tensor logVariances = codes.slice(1, latent(), 2 * latent());
          Tensor terms = means.square().plus(logVariances.exp()).minus(logVariances).minus(1);
          return terms.sum(1).mean().times(0.5f);
        };
    return ofCodes.onColumns(pixels(), pixels() + 2 * latent());
  }

  /** The images of codes, {@code [batch, latent] -> [batch, pixels]}, from 0 to 1. */
  Tensor decode(Tensor codes) {
    return decoder.forward(codes).sigmoid();
  }

  /** The image of the likeliest code of each, {@code [batch, pixels] -> [batch, pixels]}. */
  Tensor reconstruct(Tensor images) {
    return decode(mean.forward(encoder.forward(images)));
  }

  /** New images, {@code [number, pixels]}: those of codes drawn from the prior. */
  Tensor imagine(int number, RandomStream random) {
    return decode(noise(Shape.of(number, latent()), random));
  }

  private int latent() {
    return mean.bias().size();
  }

  private int pixels() {
    return decoder.parameters().lastEntry().getValue().size();
  }

  private static Tensor noise(Shape shape, RandomStream random) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(shape, values);
  }

  @Override
  public Parts parts() {
    return new Parts()
        .layer("encoder", encoder)
        .layer("mean", mean)
        .layer("logVariance", logVariance)
        .layer("decoder", decoder);
  }
}
