package dev.descent.nn.data;

import dev.descent.core.tensor.Tensor;

/**
 * Brings each number of an example to mean 0 and standard deviation 1 over the training examples:
 * {@code (x - mean) / deviation}. What does not vary there becomes 0.
 *
 * <p>It can only be had from a {@link Split}, and looks at its training part alone, so that nothing
 * of the validation data leaks into what is learned from; all other data are then changed by the
 * figures of the training data:
 *
 * <pre>{@code
 * Split<Dataset> split = examples.split(100, seed);
 * Standardisation standardisation = Standardisation.of(split);
 * Split<Dataset> standardised = standardisation.apply(split);
 * Dataset test = standardisation.apply(testExamples);
 * }</pre>
 */
public final class Standardisation {
  private final Tensor mean;
  private final Tensor deviation;

  private Standardisation(Tensor mean, Tensor deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * The figures of the training part of a split: deviations are those of a population, with n in
   * the denominator.
   *
   * @throws IllegalArgumentException if it has no examples, or a number in it is not finite
   */
  public static Standardisation of(Split<Dataset> split) {
    Tensor inputs = split.training().inputs();
    int examples = split.training().size();
    int length = split.training().exampleShape().size();
    if (examples == 0) {
      throw new IllegalArgumentException("no training examples; expected at least one");
    }
    double[] mean = means(inputs, examples, new double[length], 1);
    double[] variance = means(inputs, examples, mean, 2);
    float[] means = new float[length];
    float[] deviations = new float[length];
    for (int i = 0; i < length; i++) {
      means[i] = (float) mean[i];
      deviations[i] = (float) Math.sqrt(variance[i]);
      if (!Float.isFinite(deviations[i])) {
        throw new IllegalArgumentException(
            "number %d of the training examples has a deviation of %s; expected finite numbers"
                .formatted(i, deviations[i]));
      }
    }
    return new Standardisation(
        Tensor.of(split.training().exampleShape(), means),
        Tensor.of(split.training().exampleShape(), deviations));
  }

  /** The mean of {@code (x - centre)^power} for each number of an example. */
  private static double[] means(Tensor inputs, int examples, double[] centre, int power) {
    double[] means = new double[centre.length];
    for (int i = 0; i < inputs.size(); i++) {
      int number = i % centre.length;
      double distance = inputs.array()[inputs.offset() + i] - centre[number];
      means[number] += (power == 1 ? distance : distance * distance) / examples;
    }
    return means;
  }

  /** The mean of each number, in the shape of an example. */
  public Tensor mean() {
    return mean;
  }

  /** The standard deviation of each number, in the shape of an example. */
  public Tensor deviation() {
    return deviation;
  }

  /**
   * The examples, changed by the figures of the training data.
   *
   * @throws IllegalArgumentException if their shape is another one
   */
  public Dataset apply(Dataset data) {
    if (!data.exampleShape().equals(mean.shape())) {
      throw new IllegalArgumentException(
          "examples of shape %s; expected %s, as the training data have"
              .formatted(data.exampleShape(), mean.shape()));
    }
    float[] values = data.inputs().toArray();
    for (int i = 0; i < values.length; i++) {
      int number = i % mean.size();
      float scale = deviation.array()[number];
      values[i] = scale == 0 ? 0 : (values[i] - mean.array()[number]) / scale;
    }
    return new Dataset(Tensor.of(data.inputs().shape(), values), data.labels(), data.classes());
  }

  /** Both parts of a split, changed by the figures of the training data. */
  public Split<Dataset> apply(Split<Dataset> split) {
    return new Split<>(apply(split.training()), apply(split.validation()));
  }
}
