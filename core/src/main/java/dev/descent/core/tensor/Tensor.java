package dev.descent.core.tensor;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.op.Add;
import dev.descent.core.op.BroadcastTo;
import dev.descent.core.op.Divide;
import dev.descent.core.op.Exp;
import dev.descent.core.op.GatherRows;
import dev.descent.core.op.Log;
import dev.descent.core.op.LogSoftmax;
import dev.descent.core.op.MatMul;
import dev.descent.core.op.Max;
import dev.descent.core.op.Multiply;
import dev.descent.core.op.Negate;
import dev.descent.core.op.Relu;
import dev.descent.core.op.Reshape;
import dev.descent.core.op.Sigmoid;
import dev.descent.core.op.Softmax;
import dev.descent.core.op.Sqrt;
import dev.descent.core.op.Subtract;
import dev.descent.core.op.Sum;
import dev.descent.core.op.Tanh;
import dev.descent.core.op.Transpose;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A float32 array with a shape, row-major and contiguous, and the operation that made it.
 *
 * <p>Tensors are values: an operation gives a new tensor and leaves its operands alone. Only a
 * {@link Parameter} is changed in place, by an optimizer. A result remembers the operation that
 * made it if a gradient can flow through it, so the graph to differentiate is the results
 * themselves.
 *
 * <p>Binary operations broadcast as NumPy's do: shapes are aligned at the innermost axis and axes
 * of length 1 are repeated.
 */
public sealed class Tensor permits Parameter {
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

  /** Computes an operation. The result remembers it if any input requires a gradient. */
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
        return operation;
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

  /** Adds the other tensor's elements to this one's, in place: for memory that is not shared. */
  final void add(Tensor other) {
    Kernels.binary(
        Binary.ADD, array, offset, 1, other.array, other.offset, 1, array, offset, size());
  }

  // ---- arithmetic, element by element, with broadcasting

  /** The sum {@code this + other}. */
  public final Tensor plus(Tensor other) {
    return new Add(this, other).evaluate();
  }

  /** The sum with a number. */
  public final Tensor plus(float number) {
    return plus(scalar(number));
  }

  /** The difference {@code this - other}. */
  public final Tensor minus(Tensor other) {
    return new Subtract(this, other).evaluate();
  }

  /** The difference with a number. */
  public final Tensor minus(float number) {
    return minus(scalar(number));
  }

  /** The product element by element. */
  public final Tensor times(Tensor other) {
    return new Multiply(this, other).evaluate();
  }

  /** The product with a number. */
  public final Tensor times(float number) {
    return times(scalar(number));
  }

  /** The quotient element by element. */
  public final Tensor dividedBy(Tensor other) {
    return new Divide(this, other).evaluate();
  }

  /** The quotient with a number. */
  public final Tensor dividedBy(float number) {
    return dividedBy(scalar(number));
  }

  /** Each element with the other sign. */
  public final Tensor negate() {
    return new Negate(this).evaluate();
  }

  /** Each element times itself. */
  public final Tensor square() {
    return times(this);
  }

  // ---- functions of each element

  /** {@code e^x}. */
  public final Tensor exp() {
    return new Exp(this).evaluate();
  }

  /** The natural logarithm. */
  public final Tensor log() {
    return new Log(this).evaluate();
  }

  /** The square root. */
  public final Tensor sqrt() {
    return new Sqrt(this).evaluate();
  }

  /** {@code max(x, 0)}. */
  public final Tensor relu() {
    return new Relu(this).evaluate();
  }

  /** The hyperbolic tangent. */
  public final Tensor tanh() {
    return new Tanh(this).evaluate();
  }

  /** {@code 1 / (1 + e^-x)}. */
  public final Tensor sigmoid() {
    return new Sigmoid(this).evaluate();
  }

  // ---- matrices

  /** The matrix product {@code [m, k] x [k, n] -> [m, n]}. */
  public final Tensor matmul(Tensor right) {
    return new MatMul(this, right, false, false).evaluate();
  }

  /** The matrix with rows and columns exchanged: {@code [m, n] -> [n, m]}. */
  public final Tensor transpose() {
    return new Transpose(this).evaluate();
  }

  /**
   * Some rows, in the order asked for: {@code [n, ...] -> [indices, ...]}.
   *
   * @param indices which row each row of the result is; a row may appear several times
   */
  public final Tensor gatherRows(int... indices) {
    return new GatherRows(this, Indices.of(indices)).evaluate();
  }

  // ---- shapes

  /** The same elements in another shape of the same size; no copy. */
  public final Tensor reshape(int... lengths) {
    return reshape(Shape.of(lengths));
  }

  /** The same elements in another shape of the same size; no copy. */
  public final Tensor reshape(Shape to) {
    return new Reshape(this, to).evaluate();
  }

  /** This tensor repeated along axes that are missing or of length 1. */
  public final Tensor broadcastTo(Shape to) {
    return new BroadcastTo(this, to).evaluate();
  }

  // ---- reductions

  /** The sum of all elements, a scalar; zero if there are none. */
  public final Tensor sum() {
    return new Sum(this, Axes.all(shape), false).evaluate();
  }

  /** The sum along some axes, which disappear; negative axes count from the end. */
  public final Tensor sum(int... axes) {
    return new Sum(this, Axes.of(shape, axes), false).evaluate();
  }

  /** The mean of all elements, a scalar; NaN if there are none. */
  public final Tensor mean() {
    return sum().dividedBy(size());
  }

  /** The mean along some axes, which disappear; negative axes count from the end. */
  public final Tensor mean(int... axes) {
    return sum(axes).dividedBy(Axes.of(shape, axes).reducedSize(shape));
  }

  /** The greatest of all elements, a scalar. */
  public final Tensor max() {
    return new Max(this, Axes.all(shape), false).evaluate();
  }

  /** The greatest element along some axes, which disappear; negative axes count from the end. */
  public final Tensor max(int... axes) {
    return new Max(this, Axes.of(shape, axes), false).evaluate();
  }

  /** {@code e^x / sum(e^x)} along the innermost axis. */
  public final Tensor softmax() {
    return new Softmax(this).evaluate();
  }

  /** The logarithm of {@link #softmax}, without its loss of precision. */
  public final Tensor logSoftmax() {
    return new LogSoftmax(this).evaluate();
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
