package dev.descent.core.tensor;

import dev.descent.core.op.Abs;
import dev.descent.core.op.Add;
import dev.descent.core.op.ArgMax;
import dev.descent.core.op.AtLeast;
import dev.descent.core.op.BroadcastTo;
import dev.descent.core.op.Clamp;
import dev.descent.core.op.Cos;
import dev.descent.core.op.Divide;
import dev.descent.core.op.Elu;
import dev.descent.core.op.Equal;
import dev.descent.core.op.Erf;
import dev.descent.core.op.Exp;
import dev.descent.core.op.Expm1;
import dev.descent.core.op.Gather;
import dev.descent.core.op.GatherRows;
import dev.descent.core.op.Gelu;
import dev.descent.core.op.GeluTanh;
import dev.descent.core.op.Greater;
import dev.descent.core.op.LeakyRelu;
import dev.descent.core.op.Log;
import dev.descent.core.op.Log1p;
import dev.descent.core.op.LogSoftmax;
import dev.descent.core.op.LogSumExp;
import dev.descent.core.op.MatMul;
import dev.descent.core.op.Max;
import dev.descent.core.op.Maximum;
import dev.descent.core.op.Minimum;
import dev.descent.core.op.Moments;
import dev.descent.core.op.Multiply;
import dev.descent.core.op.Negate;
import dev.descent.core.op.Pad;
import dev.descent.core.op.Permute;
import dev.descent.core.op.Power;
import dev.descent.core.op.Relu;
import dev.descent.core.op.Reshape;
import dev.descent.core.op.Rsqrt;
import dev.descent.core.op.Sigmoid;
import dev.descent.core.op.Silu;
import dev.descent.core.op.Sin;
import dev.descent.core.op.Slice;
import dev.descent.core.op.Softmax;
import dev.descent.core.op.Softplus;
import dev.descent.core.op.Sqrt;
import dev.descent.core.op.Subtract;
import dev.descent.core.op.Sum;
import dev.descent.core.op.Tanh;
import dev.descent.core.op.Transpose;
import dev.descent.core.op.Where;

/**
 * The operations as methods of a tensor, to be chained. What each means, its derivative and what it
 * makes of ties, NaN and nothing is written at the operation itself.
 *
 * <p>Operations of two tensors broadcast as NumPy's do: shapes are aligned at the innermost axis
 * and axes of length 1 are repeated.
 */
public sealed interface TensorOperations permits Tensor {

  // ---- arithmetic, element by element, with broadcasting

  /** The sum {@code this + other}. */
  default Tensor plus(Tensor other) {
    return new Add(self(), other).evaluate();
  }

  /** The sum with a number. */
  default Tensor plus(float number) {
    return plus(Tensor.scalar(number));
  }

  /** The difference {@code this - other}. */
  default Tensor minus(Tensor other) {
    return new Subtract(self(), other).evaluate();
  }

  /** The difference with a number. */
  default Tensor minus(float number) {
    return minus(Tensor.scalar(number));
  }

  /** The product element by element. */
  default Tensor times(Tensor other) {
    return new Multiply(self(), other).evaluate();
  }

  /** The product with a number. */
  default Tensor times(float number) {
    return times(Tensor.scalar(number));
  }

  /** The quotient element by element. */
  default Tensor dividedBy(Tensor other) {
    return new Divide(self(), other).evaluate();
  }

  /** The quotient with a number. */
  default Tensor dividedBy(float number) {
    return dividedBy(Tensor.scalar(number));
  }

  /** Each element with the other sign. */
  default Tensor negate() {
    return new Negate(self()).evaluate();
  }

  /** Each element times itself. */
  default Tensor square() {
    return times(self());
  }

  /** Each element to the power that the other holds. */
  default Tensor power(Tensor exponent) {
    return new Power(self(), exponent).evaluate();
  }

  /** Each element to a power. */
  default Tensor power(float exponent) {
    return power(Tensor.scalar(exponent));
  }

  // ---- comparison and choice, element by element, with broadcasting

  /** 1 where the elements are equal, else 0; NaN equals nothing. */
  default Tensor equalTo(Tensor other) {
    return new Equal(self(), other).evaluate();
  }

  /** 1 where this is greater, else 0; NaN compares with nothing. */
  default Tensor greaterThan(Tensor other) {
    return new Greater(self(), other).evaluate();
  }

  /** 1 where this is greater or equal, else 0; NaN compares with nothing. */
  default Tensor atLeast(Tensor other) {
    return new AtLeast(self(), other).evaluate();
  }

  /** 1 where this is less, else 0; NaN compares with nothing. */
  default Tensor lessThan(Tensor other) {
    return other.greaterThan(self());
  }

  /** 1 where this is less or equal, else 0; NaN compares with nothing. */
  default Tensor atMost(Tensor other) {
    return other.atLeast(self());
  }

  /** The greater of both elements; NaN if either is. */
  default Tensor maximum(Tensor other) {
    return new Maximum(self(), other).evaluate();
  }

  /** The lesser of both elements; NaN if either is. */
  default Tensor minimum(Tensor other) {
    return new Minimum(self(), other).evaluate();
  }

  /** This where the condition is not zero, else the other. */
  default Tensor where(Tensor condition, Tensor other) {
    return new Where(condition, self(), other).evaluate();
  }

  /** {@code min(max(x, low), high)}. */
  default Tensor clamp(float low, float high) {
    return new Clamp(self(), low, high).evaluate();
  }

  // ---- functions of each element

  /** {@code e^x}. */
  default Tensor exp() {
    return new Exp(self()).evaluate();
  }

  /** The natural logarithm. */
  default Tensor log() {
    return new Log(self()).evaluate();
  }

  /** The square root. */
  default Tensor sqrt() {
    return new Sqrt(self()).evaluate();
  }

  /** {@code max(x, 0)}. */
  default Tensor relu() {
    return new Relu(self()).evaluate();
  }

  /** The hyperbolic tangent. */
  default Tensor tanh() {
    return new Tanh(self()).evaluate();
  }

  /** {@code 1 / (1 + e^-x)}. */
  default Tensor sigmoid() {
    return new Sigmoid(self()).evaluate();
  }

  /** The magnitude. */
  default Tensor abs() {
    return new Abs(self()).evaluate();
  }

  /** {@code 1 / sqrt(x)}. */
  default Tensor rsqrt() {
    return new Rsqrt(self()).evaluate();
  }

  /** {@code e^x - 1}, exact near zero. */
  default Tensor expm1() {
    return new Expm1(self()).evaluate();
  }

  /** {@code ln(1 + x)}, exact near zero. */
  default Tensor log1p() {
    return new Log1p(self()).evaluate();
  }

  /** The sine, of radians. */
  default Tensor sin() {
    return new Sin(self()).evaluate();
  }

  /** The cosine, of radians. */
  default Tensor cos() {
    return new Cos(self()).evaluate();
  }

  /** The error function. */
  default Tensor erf() {
    return new Erf(self()).evaluate();
  }

  /** {@code x Phi(x)}, the Gaussian error linear unit. */
  default Tensor gelu() {
    return new Gelu(self()).evaluate();
  }

  /** {@link #gelu} in its usual approximation by a hyperbolic tangent. */
  default Tensor geluTanh() {
    return new GeluTanh(self()).evaluate();
  }

  /** {@code x sigmoid(x)}. */
  default Tensor silu() {
    return new Silu(self()).evaluate();
  }

  /** {@code ln(1 + e^x)}. */
  default Tensor softplus() {
    return new Softplus(self()).evaluate();
  }

  /** {@code x} where it is positive, else {@code slope x}. */
  default Tensor leakyRelu(float slope) {
    return new LeakyRelu(self(), slope).evaluate();
  }

  /** {@code x} where it is positive, else {@code alpha (e^x - 1)}. */
  default Tensor elu(float alpha) {
    return new Elu(self(), alpha).evaluate();
  }

  // ---- matrices

  /** The matrix product {@code [..., m, k] x [..., k, n] -> [..., m, n]}. */
  default Tensor matmul(Tensor right) {
    return new MatMul(self(), right, false, false).evaluate();
  }

  /** The matrix with rows and columns exchanged: {@code [m, n] -> [n, m]}. */
  default Tensor transpose() {
    return new Transpose(self()).evaluate();
  }

  /**
   * Some rows, in the order asked for: {@code [n, ...] -> [indices, ...]}.
   *
   * @param indices which row each row of the result is; a row may appear several times
   */
  default Tensor gatherRows(int... indices) {
    return new GatherRows(self(), Indices.of(indices)).evaluate();
  }

  // ---- shapes

  /** The same elements in another shape of the same size; no copy. */
  default Tensor reshape(int... lengths) {
    return reshape(Shape.of(lengths));
  }

  /** The same elements in another shape of the same size; no copy. */
  default Tensor reshape(Shape to) {
    return new Reshape(self(), to).evaluate();
  }

  /** This tensor repeated along axes that are missing or of length 1. */
  default Tensor broadcastTo(Shape to) {
    return new BroadcastTo(self(), to).evaluate();
  }

  /** The axes in another order, each named once: {@code permute(0, 2, 1)}. */
  default Tensor permute(int... order) {
    return new Permute(self(), Indices.of(order)).evaluate();
  }

  /**
   * The part from {@code from} up to but not including {@code to} along an axis.
   *
   * @param axis negative counts from the end
   */
  default Tensor slice(int axis, int from, int to) {
    return new Slice(self(), along(axis, from), self().shape().with(axis, to - from)).evaluate();
  }

  /**
   * This tensor with zeros before and after it along an axis.
   *
   * @param axis negative counts from the end
   */
  default Tensor pad(int axis, int before, int after) {
    int length = before + self().shape().length(axis) + after;
    return new Pad(self(), along(axis, before), self().shape().with(axis, length)).evaluate();
  }

  /**
   * Elements chosen along an axis: {@code y[i][j][k] = x[i][index[i][j][k]][k]} for axis 1.
   *
   * @param axis negative counts from the end
   * @param indices an index for each element of the result, row-major; as many for each place along
   *     the other axes
   */
  default Tensor gather(int axis, Indices indices) {
    Shape shape = self().shape();
    int others = Math.max(1, shape.with(axis, 1).size());
    Shape chosen = shape.with(axis, indices.length() / others);
    return new Gather(self(), shape.axis(axis), indices, chosen).evaluate();
  }

  // ---- reductions

  /** The sum of all elements, a scalar; zero if there are none. */
  default Tensor sum() {
    return new Sum(self(), Axes.all(self().shape()), false).evaluate();
  }

  /** The sum along some axes, which disappear; negative axes count from the end. */
  default Tensor sum(int... axes) {
    return new Sum(self(), Axes.of(self().shape(), axes), false).evaluate();
  }

  /** The mean of all elements, a scalar; NaN if there are none. */
  default Tensor mean() {
    return sum().dividedBy(self().size());
  }

  /** The mean along some axes, which disappear; negative axes count from the end. */
  default Tensor mean(int... axes) {
    return sum(axes).dividedBy(Axes.of(self().shape(), axes).reducedSize(self().shape()));
  }

  /** The greatest of all elements, a scalar. */
  default Tensor max() {
    return new Max(self(), Axes.all(self().shape()), false).evaluate();
  }

  /** The greatest element along some axes, which disappear; negative axes count from the end. */
  default Tensor max(int... axes) {
    return new Max(self(), Axes.of(self().shape(), axes), false).evaluate();
  }

  /** The least of all elements, a scalar. */
  default Tensor min() {
    return negate().max().negate();
  }

  /** The least element along some axes, which disappear; negative axes count from the end. */
  default Tensor min(int... axes) {
    return negate().max(axes).negate();
  }

  /** The mean squared distance from the mean, a scalar; NaN if there are no elements. */
  default Tensor variance() {
    return Moments.variance(self(), Axes.all(self().shape())).reshape(Shape.SCALAR);
  }

  /**
   * The mean squared distance from the mean along some axes, which disappear: the variance of a
   * whole population. Negative axes count from the end.
   */
  default Tensor variance(int... axes) {
    Axes reduced = Axes.of(self().shape(), axes);
    return Moments.variance(self(), reduced).reshape(reduced.removedFrom(self().shape()));
  }

  /** {@code ln sum(e^x)} over all elements, a scalar. */
  default Tensor logSumExp() {
    return new LogSumExp(self(), Axes.all(self().shape()), false).evaluate();
  }

  /** {@code ln sum(e^x)} along some axes, which disappear; negative axes count from the end. */
  default Tensor logSumExp(int... axes) {
    return new LogSumExp(self(), Axes.of(self().shape(), axes), false).evaluate();
  }

  /**
   * Where along an axis the greatest element is, for each place along the others, row-major; the
   * first of several, or the first NaN. Negative axes count from the end.
   */
  default Indices argmax(int axis) {
    return ArgMax.of(self(), axis);
  }

  /**
   * Where along an axis the least element is, for each place along the others, row-major; the first
   * of several, or the first NaN. Negative axes count from the end.
   */
  default Indices argmin(int axis) {
    return ArgMax.of(self().detach().negate(), axis);
  }

  /** {@code e^x / sum(e^x)} along the innermost axis. */
  default Tensor softmax() {
    return new Softmax(self()).evaluate();
  }

  /** The logarithm of {@link #softmax}, without its loss of precision. */
  default Tensor logSoftmax() {
    return new LogSoftmax(self()).evaluate();
  }

  private Indices along(int axis, int start) {
    int[] from = new int[self().shape().rank()];
    from[self().shape().axis(axis)] = start;
    return Indices.of(from);
  }

  private Tensor self() {
    return (Tensor) this;
  }
}
