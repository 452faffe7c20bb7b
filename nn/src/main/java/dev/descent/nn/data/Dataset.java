package dev.descent.nn.data;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Labelled examples for classification, in memory. Arrays are wrapped, not copied, and immutable by
 * convention, as in {@link Tensor}.
 *
 * @param inputs one example per row: {@code [size, ...]}, for images {@code [size, height, width]}
 * @param labels the class of each example, 0 up to but not including {@code classes}
 * @param classes the number of classes, at least one
 */
public record Dataset(Tensor inputs, Indices labels, int classes) implements Examples<Indices> {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if the inputs have no axis, there are not as many labels as
   *     inputs, or a label is not one of the classes
   */
  public Dataset {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + "; expected classes >= 1");
    }
    if (inputs.shape().rank() == 0 || inputs.shape().length(0) != labels.length()) {
      throw new IllegalArgumentException(
          "inputs " + inputs.shape() + " with " + labels.length() + " labels; expected as many");
    }
    for (int i = 0; i < labels.length(); i++) {
      if (labels.get(i) < 0 || labels.get(i) >= classes) {
        throw new IllegalArgumentException(
            "label " + i + " is " + labels.get(i) + "; expected 0 to " + (classes - 1));
      }
    }
  }

  /** The {@link #labels}. */
  @Override
  public Indices targets() {
    return labels;
  }

  /** The shape of one example: the inputs' shape without the first axis. */
  public Shape exampleShape() {
    return inputs.shape().without(0);
  }

  /** How many examples each class has, by class. */
  public int[] classCounts() {
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length(); i++) {
      counts[labels.get(i)]++;
    }
    return counts;
  }

  @Override
  public Dataset subset(int... indices) {
    int[] chosen = new int[indices.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = labels.get(Objects.checkIndex(indices[i], size()));
    }
    return new Dataset(TensorDataset.rows(inputs, indices), Indices.of(chosen), classes);
  }

  @Override
  public Dataset range(int from, int to) {
    int[] chosen = IntStream.range(from, to).map(labels::get).toArray();
    return new Dataset(inputs.detachedRows(from, to), Indices.of(chosen), classes);
  }

  /**
   * Holds out examples chosen at random. Both parts keep the order of this data set.
   *
   * @param validationSize how many examples to hold out, 0 to {@link #size()}
   * @param seed the choice depends on it and on {@link #size()} alone
   * @throws IllegalArgumentException if there are not that many examples
   */
  public Split<Dataset> split(int validationSize, long seed) {
    return Split.atRandom(size(), validationSize, seed, this::subset);
  }

  /**
   * Holds out examples of each class chosen at random, so that the classes have the same shares in
   * both parts, to within one example. Both parts keep the order of this data set.
   *
   * @param validationSize how many examples to hold out, 0 to {@link #size()}; classes whose shares
   *     have the greatest fractions get one more
   * @param seed the choice depends on it and on the labels alone
   * @throws IllegalArgumentException if there are not that many examples
   */
  public Split<Dataset> stratifiedSplit(int validationSize, long seed) {
    Split.checkSize(size(), validationSize);
    int[] quotas = quotas(validationSize);
    int[] order = IntStream.range(0, size()).toArray();
    RandomStream.of(seed, "stratified split").shuffle(order);
    boolean[] isHeldOut = new boolean[size()];
    for (int example : order) {
      isHeldOut[example] = quotas[labels.get(example)]-- > 0;
    }
    return new Split<>(
        subset(IntStream.range(0, size()).filter(i -> !isHeldOut[i]).toArray()),
        subset(IntStream.range(0, size()).filter(i -> isHeldOut[i]).toArray()));
  }

  /** How many of each class make so many together: the method of the largest remainders. */
  private int[] quotas(int total) {
    int[] counts = classCounts();
    int[] quotas = new int[classes];
    int size = Math.max(1, size());
    int left = total;
    for (int c = 0; c < classes; c++) {
      quotas[c] = (int) ((long) counts[c] * total / size);
      left -= quotas[c];
    }
    IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -((long) counts[c] * total % size)))
        .limit(left)
        .forEach(c -> quotas[c]++);
    return quotas;
  }

  /**
   * These examples with every number {@code x} replaced by {@code (x - mean) / deviation}. Take
   * both figures from the training data and use them for validation and test data too; {@link
   * Standardisation} sees to that, with figures for each number of an example.
   *
   * @param mean what becomes zero
   * @param deviation the standard deviation, which becomes one; positive and finite
   * @throws IllegalArgumentException if the deviation is not positive and finite, or the mean is
   *     not finite
   */
  public Dataset normalized(float mean, float deviation) {
    if (!Float.isFinite(mean)) {
      throw new IllegalArgumentException("mean is " + mean + "; expected a finite number");
    }
    if (!(deviation > 0 && deviation < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "deviation is " + deviation + "; expected 0 < deviation < infinity");
    }
    float[] values = inputs.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) / deviation;
    }
    return new Dataset(Tensor.of(inputs.shape(), values), labels, classes);
  }

  /** The size, shape and number of classes, not the values. */
  @Override
  public String toString() {
    return "Dataset[inputs=" + inputs.shape() + ", classes=" + classes + "]";
  }
}
