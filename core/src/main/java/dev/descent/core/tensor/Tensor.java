package dev.descent.core.tensor;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.op.Concatenate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A float32 array with a shape, row-major and contiguous, and the operation that made it.
 *
 * <p>Tensors are values: an operation gives a new tensor and leaves its operands alone. Only a
 * {@link Parameter} is changed in place, by an optimizer. A result remembers the operation that
 * made it if a gradient can flow through it, so the graph to differentiate is the results
 * themselves.
 *
 * <p>What can be computed from tensors is in {@link TensorOperations}.
 */
public sealed class Tensor implements TensorOperations permits Parameter {
  private final Shape shape;
  private final float[] array;
  private final int offset;
  private final @Nullable Op producer;

  Tensor(Shape shape, float[] array, int offset, @Nullable Op producer) {
    this.shape = shape;
    this.array = array;
    this.offset = offset;
    this.producer = producer;
  }

  // ---- making tensors

  /**
   * A tensor over these values.
   *
   * @param values the elements, row-major; wrapped, not copied, so the caller gives them away
   * @throws IllegalArgumentException if there are not as many values as the shape has elements
   */
  public static Tensor of(Shape shape, float... values) {
    return new Tensor(shape, checkedLength(shape, values), 0, null);
  }

  /** A tensor without axes that holds one number. */
  public static Tensor scalar(float value) {
    return new Tensor(Shape.SCALAR, new float[] {value}, 0, null);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()], 0, null);
  }

  /** A tensor of ones. */
  public static Tensor ones(Shape shape) {
    return full(shape, 1);
  }

  /** A tensor in which each element has the same value. */
  public static Tensor full(Shape shape, float value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return new Tensor(shape, values, 0, null);
  }

  // ---- from several

  /**
   * Tensors one after another along an axis; their shapes differ along that axis only.
   *
   * @param axis negative counts from the end
   */
  public static Tensor concatenate(int axis, Tensor... tensors) {
    int rank = tensors.length == 0 ? 0 : tensors[0].shape().rank();
    return new Concatenate(List.of(tensors), axis < 0 ? axis + rank : axis).evaluate();
  }

  /** Tensors of one shape along a new outermost axis. */
  public static Tensor stack(Tensor... tensors) {
    Tensor[] layers = new Tensor[tensors.length];
    Arrays.setAll(layers, i -> tensors[i].reshape(tensors[i].shape().prepend(1)));
    return concatenate(0, layers);
  }

  // ---- from an operation

  /**
   * Computes an operation. The result remembers it if any input requires a gradient, except in a
   * region of {@link NoGradient}.
   */
  public static Tensor of(Op operation) {
    float[] values = new float[operation.shape().size()];
    operation.forward(values, 0);
    return new Tensor(operation.shape(), values, 0, recorded(operation));
  }

  /**
   * The result of an operation that moves nothing: another shape over the input's own elements.
   *
   * @param shape a shape of as many elements as the input has
   */
  public static Tensor view(Op operation, Tensor input, Shape shape) {
    return new Tensor(shape, input.array, input.offset, recorded(operation));
  }

  private static @Nullable Op recorded(Op operation) {
    for (Tensor input : operation.inputs()) {
      if (input.requiresGradient()) {
        return NoGradient.isActive() ? null : operation;
      }
    }
    return null;
  }

  static float[] checkedLength(Shape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has %d elements, but %d values were given"
              .formatted(shape, shape.size(), values.length));
    }
    return values;
  }

  // ---- reading

  /** The length of each axis. */
  public final Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public final int size() {
    return shape.size();
  }

  /** The array that holds the elements, from {@link #offset} on. Not a copy: read, don't write. */
  public final float[] array() {
    return array;
  }

  /** The index in {@link #array} of the first element. */
  public final int offset() {
    return offset;
  }

  /** The operation whose result this is, or null if no gradient can flow further back. */
  public final @Nullable Op producer() {
    return producer;
  }

  /** Whether a backward pass reaches this tensor. */
  public boolean requiresGradient() {
    return producer != null;
  }

  /**
   * One element.
   *
   * @param indices an index for each axis, outermost first
   * @throws IndexOutOfBoundsException if there are not as many indices as axes, or one is outside
   */
  public final float get(int... indices) {
    boolean inside = indices.length == shape.rank();
    int position = 0;
    for (int axis = 0; inside && axis < indices.length; axis++) {
      int length = shape.length(axis);
      inside = indices[axis] >= 0 && indices[axis] < length;
      position = position * length + indices[axis];
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "element " + Arrays.toString(indices) + " of a tensor of shape " + shape);
    }
    return array[offset + position];
  }

  /**
   * The value of a tensor of one element.
   *
   * @throws IllegalStateException if there is not exactly one element
   */
  public final float item() {
    if (size() != 1) {
      throw new IllegalStateException(
          "item() needs a tensor of one element; this one has shape " + shape);
    }
    return array[offset];
  }

  /** A copy of the elements, row-major. */
  public final float[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size());
  }

  /** The same elements, cut off from the graph: no gradient flows through the result. */
  public final Tensor detach() {
    return producer == null && !requiresGradient() ? this : new Tensor(shape, array, offset, null);
  }

  /**
   * Rows of a tensor {@code [rows, ...]}, cut off from the graph like {@link #detach} and not
   * copied: the result shares the elements. A {@link #slice} is a copy, through which gradients
   * flow.
   *
   * @param from the first row
   * @param to the row after the last
   * @throws IndexOutOfBoundsException if there are no such rows
   */
  public final Tensor detachedRows(int from, int to) {
    Objects.checkFromToIndex(from, to, shape.length(0));
    int length = shape.without(0).size();
    return new Tensor(shape.with(0, to - from), array, offset + from * length, null);
  }

  // ---- differentiating

  /**
   * Computes the gradient of this scalar with respect to every trainable parameter it was made
   * from, and adds it to {@link Parameter#gradient}.
   *
   * @throws IllegalStateException if this tensor has more than one element or depends on no
   *     trainable parameter
   */
  public final void backward() {
    Backward.accumulate(this);
  }

  /**
   * The gradients of this scalar with respect to some tensors, which keep their own gradient as it
   * is.
   *
   * @param tensors trainable parameters, or results on the way to this
   * @return a gradient for each, of its shape; zeros where this does not depend on it
   * @see Backward#gradients
   */
  public final List<Tensor> gradients(List<? extends Tensor> tensors) {
    return Backward.gradients(this, tensors, false);
  }

  /** Adds the other tensor's elements to this one's, in place: for memory that is not shared. */
  final void add(Tensor other) {
    Kernels.binary(
        Binary.ADD, array, offset, 1, other.array, other.offset, 1, array, offset, size());
  }

  /** The shape and at most the first eight elements: {@code Tensor[2, 3] 1.0 2.0 ...}. */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName()).append(shape);
    for (int i = 0; i < Math.min(size(), 8); i++) {
      text.append(' ').append(array[offset + i]);
    }
    return text.append(size() > 8 ? " ..." : "").toString();
  }
}
