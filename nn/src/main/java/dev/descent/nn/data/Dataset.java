package dev.descent.nn.data;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
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
public record Dataset(Tensor inputs, Indices labels, int classes) {

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

  /** The number of examples. */
  public int size() {
    return labels.length();
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

  /**
   * A data set of the chosen examples, copied, in the order given.
   *
   * @param indices each from 0 below {@link #size()}; may repeat
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public Dataset subset(int... indices) {
    Batch chosen = batch(indices, 0, indices.length);
    return new Dataset(chosen.inputs(), chosen.labels(), classes);
  }

  /** A copy of the examples that a part of the indices names. */
  Batch batch(int[] indices, int from, int to) {
    int length = exampleShape().size();
    float[] values = new float[Math.multiplyExact(to - from, length)];
    int[] chosen = new int[to - from];
    for (int i = from; i < to; i++) {
      int example = Objects.checkIndex(indices[i], size());
      System.arraycopy(
          inputs.array(), inputs.offset() + example * length, values, (i - from) * length, length);
      chosen[i - from] = labels.get(example);
    }
    return new Batch(Tensor.of(inputs.shape().with(0, to - from), values), Indices.of(chosen));
  }

  /**
   * Two data sets that share no example.
   *
   * @param training the examples left to learn from
   * @param validation the examples held out
   */
  public record Split(Dataset training, Dataset validation) {}

  /**
   * Holds out examples chosen at random. Both parts keep the order of this data set.
   *
   * @param validationSize how many examples to hold out, 0 to {@link #size()}
   * @param seed the choice depends on it and on {@link #size()} alone
   * @throws IllegalArgumentException if there are not that many examples
   */
  public Split split(int validationSize, long seed) {
    checkValidationSize(validationSize);
    int[] order = IntStream.range(0, size()).toArray();
    RandomStream.of(seed, "validation split").shuffle(order);
    Arrays.sort(order, 0, validationSize);
    Arrays.sort(order, validationSize, order.length);
    return new Split(
        subset(Arrays.copyOfRange(order, validationSize, order.length)),
        subset(Arrays.copyOf(order, validationSize)));
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
  public Split stratifiedSplit(int validationSize, long seed) {
    checkValidationSize(validationSize);
    int[] quotas = quotas(validationSize);
    int[] order = IntStream.range(0, size()).toArray();
    RandomStream.of(seed, "stratified split").shuffle(order);
    boolean[] isHeldOut = new boolean[size()];
    for (int example : order) {
      isHeldOut[example] = quotas[labels.get(example)]-- > 0;
    }
    return new Split(
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

  private void checkValidationSize(int validationSize) {
    if (validationSize < 0 || validationSize > size()) {
      throw new IllegalArgumentException(
          "validationSize is " + validationSize + "; expected 0 to " + size());
    }
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
