package dev.descent.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.op.Affine;
import dev.descent.core.op.LayerNorm;
import dev.descent.core.op.MatMul;
import dev.descent.core.op.ScatterAdd;
import dev.descent.core.op.ScatterAddRows;
import dev.descent.core.op.Slice;
import dev.descent.core.op.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTest {
  private static final Shape MATRIX = Shape.of(2, 3);

  private static Tensor ones(int... lengths) {
    return Tensor.ones(Shape.of(lengths));
  }

  // ---- making and reading

  @Test
  void elementsAreRowMajor() {
    Tensor tensor = Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6);

    assertThat(tensor.get(0, 2)).isEqualTo(3);
    assertThat(tensor.get(1, 0)).isEqualTo(4);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensor.size()).isEqualTo(6);
  }

  @Test
  void tensorsOfOneValue() {
    assertThat(Tensor.scalar(5).item()).isEqualTo(5);
    assertThat(Tensor.scalar(5).get()).isEqualTo(5);
    assertThat(Tensor.zeros(MATRIX).toArray()).containsOnly(0).hasSize(6);
    assertThat(ones(2, 3).toArray()).containsOnly(1).hasSize(6);
    assertThat(Tensor.full(MATRIX, 7).toArray()).containsOnly(7).hasSize(6);
    assertThat(Tensor.of(Shape.of(1, 1), 9).item()).isEqualTo(9);
  }

  @Test
  void readingRespectsWhereTheTensorBegins() {
    Tensor tensor = Windows.padded(Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6), 4);

    assertThat(tensor.get(1, 2)).isEqualTo(6);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Windows.padded(Tensor.scalar(8), 4).item()).isEqualTo(8);
    assertThat(tensor.reshape(6).get(5)).isEqualTo(6);
    assertThat(tensor.detach().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensor).hasToString("Tensor[2, 3] 1.0 2.0 3.0 4.0 5.0 6.0");
  }

  @Test
  void detachedRowsShareTheElements() {
    Parameter parameter =
        Parameter.of(Windows.padded(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6), 4));
    Tensor rows = parameter.detachedRows(1, 3);

    parameter.array()[parameter.offset() + 2] = 100;

    assertThat(rows.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(rows.toArray()).containsExactly(100, 4, 5, 6);
    assertThat(rows.requiresGradient()).isFalse();
    assertThat(parameter.detachedRows(3, 3).size()).isZero();
    assertThatThrownBy(() -> parameter.detachedRows(2, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aParameterMadeFromATensorHasValuesOfItsOwn() {
    Tensor initial = Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6);
    Parameter parameter = Parameter.of(initial);

    parameter.array()[0] = 100;

    assertThat(initial.get(0, 0)).isEqualTo(1);
    assertThat(parameter).hasToString("Parameter[2, 3] 100.0 2.0 3.0 4.0 5.0 6.0");
    assertThat(Tensor.zeros(Shape.of(9))).asString().endsWith("0.0 ...");
  }

  @Test
  void reshapingMovesNothing() {
    Tensor tensor = Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6);

    assertThat(tensor.reshape(3, 2).array()).isSameAs(tensor.array());
  }

  /** The fluent methods, each once: what they compute is tested operation by operation. */
  @Test
  void fluentMethodsApplyTheOperationOfTheirName() {
    Tensor x = Tensor.of(MATRIX, 1, 2, 3, 4, 5, 6);
    Tensor two = Tensor.scalar(2);

    assertThat(x.plus(two).toArray()).containsExactly(x.plus(2).toArray());
    assertThat(x.plus(two).get(1, 2)).isEqualTo(8);
    assertThat(x.minus(two).toArray()).containsExactly(x.minus(2).toArray());
    assertThat(x.minus(two).get(1, 2)).isEqualTo(4);
    assertThat(x.times(two).toArray()).containsExactly(x.times(2).toArray());
    assertThat(x.times(two).get(1, 2)).isEqualTo(12);
    assertThat(x.dividedBy(two).toArray()).containsExactly(x.dividedBy(2).toArray());
    assertThat(x.dividedBy(two).get(1, 2)).isEqualTo(3);
    assertThat(x.negate().get(1, 2)).isEqualTo(-6);
    assertThat(x.square().get(1, 2)).isEqualTo(36);
    assertThat(x.negate().relu().get(1, 2)).isZero();
    assertThat(Tensor.scalar(4).sqrt().item()).isEqualTo(2);
    assertThat(Tensor.scalar(0).exp().item()).isEqualTo(1);
    assertThat(Tensor.scalar(1).log().item()).isEqualTo(0);
    assertThat(Tensor.scalar(10).tanh().item()).isEqualTo(1);
    assertThat(Tensor.scalar(0).sigmoid().item()).isEqualTo(0.5f);
    assertThat(x.transpose().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(x.matmul(x.transpose()).toArray()).containsExactly(14, 32, 32, 77);
    assertThat(x.gatherRows(1, 1).toArray()).containsExactly(4, 5, 6, 4, 5, 6);
    assertThat(x.sum().item()).isEqualTo(21);
    assertThat(x.sum(0).toArray()).containsExactly(5, 7, 9);
    assertThat(x.sum(0, -1).item()).isEqualTo(21);
    assertThat(x.mean().item()).isEqualTo(3.5f);
    assertThat(x.mean(-1).toArray()).containsExactly(2, 5);
    assertThat(x.max().item()).isEqualTo(6);
    assertThat(x.max(0).toArray()).containsExactly(4, 5, 6);
    assertThat(ones(4).softmax().toArray()).containsOnly(0.25f);
    assertThat(ones(1).logSoftmax().toArray()).containsOnly(0);
    assertThat(two.broadcastTo(Shape.of(2)).toArray()).containsExactly(2, 2);
  }

  @Test
  void fluentFunctionsOfEachElement() {
    Tensor x = Tensor.of(Shape.of(2), -1, 2);

    assertThat(x.abs().toArray()).containsExactly(1, 2);
    assertThat(x.power(2).toArray()).containsExactly(1, 4);
    assertThat(Tensor.scalar(4).rsqrt().item()).isEqualTo(0.5f);
    assertThat(x.expm1().get(1)).isEqualTo((float) Math.expm1(2));
    assertThat(x.log1p().get(1)).isEqualTo((float) Math.log1p(2));
    assertThat(x.sin().get(1)).isCloseTo(0.9092974f, within(1e-7f));
    assertThat(x.cos().get(1)).isCloseTo(-0.4161468f, within(1e-7f));
    assertThat(x.erf().get(1)).isEqualTo(0.9953223f);
    assertThat(x.gelu().get(1)).isCloseTo(1.9544997f, within(3e-7f));
    assertThat(x.geluTanh().get(1)).isCloseTo(1.9545977f, within(3e-7f));
    assertThat(x.silu().get(1)).isCloseTo(1.7615942f, within(3e-7f));
    assertThat(x.softplus().get(1)).isCloseTo(2.126928f, within(3e-7f));
    assertThat(x.leakyRelu(0.5f).toArray()).containsExactly(-0.5f, 2);
    assertThat(x.elu(2).toArray()).containsExactly((float) (2 * Math.expm1(-1)), 2);
    assertThat(x.clamp(0, 1).toArray()).containsExactly(0, 1);
    assertThat(x.maximum(Tensor.scalar(0)).toArray()).containsExactly(0, 2);
    assertThat(x.minimum(Tensor.scalar(0)).toArray()).containsExactly(-1, 0);
    assertThat(x.where(Tensor.of(Shape.of(2), 0, 1), Tensor.scalar(7)).toArray())
        .containsExactly(7, 2);
    Tensor two = Tensor.scalar(2);
    assertThat(x.equalTo(two).toArray()).containsExactly(0, 1);
    assertThat(x.lessThan(two).toArray()).containsExactly(1, 0);
    assertThat(x.atMost(two).toArray()).containsExactly(1, 1);
    assertThat(x.greaterThan(two).toArray()).containsExactly(0, 0);
    assertThat(x.atLeast(two).toArray()).containsExactly(0, 1);
  }

  @Test
  void fluentReductionsAndShapes() {
    Tensor x = Tensor.of(MATRIX, 3, 1, 2, 4, 6, 5);

    assertThat(x.min().item()).isEqualTo(1);
    assertThat(x.min(0).toArray()).containsExactly(3, 1, 2);
    assertThat(x.variance().item()).isEqualTo(17.5f / 6);
    assertThat(x.variance(1).toArray()).containsExactly(2 / 3f, 2 / 3f);
    assertThat(Tensor.zeros(MATRIX).logSumExp(1).get(0)).isEqualTo((float) Math.log(3));
    assertThat(Tensor.zeros(MATRIX).logSumExp().item()).isEqualTo((float) Math.log(6));
    assertThat(x.argmax(1)).isEqualTo(Indices.of(0, 1));
    assertThat(x.argmax(0)).isEqualTo(Indices.of(1, 1, 1));
    assertThat(x.argmin(-1)).isEqualTo(Indices.of(1, 0));
    assertThat(x.permute(1, 0).toArray()).containsExactly(x.transpose().toArray());
    assertThat(x.slice(-1, 1, 3).toArray()).containsExactly(1, 2, 6, 5);
    assertThat(x.pad(1, 1, 0).toArray()).containsExactly(0, 3, 1, 2, 0, 4, 6, 5);
    assertThat(Tensor.concatenate(-1, x, ones(2, 1)).toArray())
        .containsExactly(3, 1, 2, 1, 4, 6, 5, 1);
    assertThat(Tensor.stack(x, x).shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(x.gather(1, Indices.of(2, 0, 1, 1)).toArray()).containsExactly(2, 3, 6, 6);
    assertThat(Indices.of(2, 0).oneHot(3).toArray()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(ones(2, 2, 3).matmul(x.transpose()).shape()).isEqualTo(Shape.of(2, 2, 2));
  }

  // ---- misuse: one line that names the operation and the shapes

  private static Arguments misuse(ThrowingCallable call, String message) {
    return Arguments.of(message, call);
  }

  static List<Arguments> misuses() {
    Tensor matrix = ones(2, 3);
    Tensor vector = ones(4);
    Tensor scalar = Tensor.scalar(1);
    return List.of(
        misuse(
            () -> matrix.plus(vector), "plus of [2, 3] and [4]: lengths 3 and 4 do not broadcast"),
        misuse(
            () -> matrix.minus(vector),
            "minus of [2, 3] and [4]: lengths 3 and 4 do not broadcast"),
        misuse(
            () -> matrix.times(vector),
            "times of [2, 3] and [4]: lengths 3 and 4 do not broadcast"),
        misuse(
            () -> matrix.dividedBy(vector),
            "dividedBy of [2, 3] and [4]: lengths 3 and 4 do not broadcast"),
        misuse(
            () -> matrix.matmul(matrix),
            "matmul of [2, 3] and [2, 3]: inner lengths 3 and 2 differ"),
        misuse(
            () -> new MatMul(matrix, matrix, true, true),
            "matmul of [2, 3] and [2, 3]: inner lengths 2 and 3 differ (both read transposed)"),
        misuse(
            () -> new MatMul(matrix, ones(3, 2), true, false),
            "matmul of [2, 3] and [3, 2]: inner lengths 2 and 3 differ (the first read"
                + " transposed)"),
        misuse(
            () -> new MatMul(matrix, ones(3, 2), false, true),
            "matmul of [2, 3] and [3, 2]: inner lengths 3 and 2 differ (the second read"
                + " transposed)"),
        misuse(
            () -> matrix.matmul(vector),
            "matmul of [2, 3] and [4]: expected matrices, [..., m, k] and [..., k, n]"),
        misuse(
            () -> new Affine(matrix, ones(5, 4), ones(5)),
            "linear of [2, 3] and [5, 4]: expected [batch, in] and a weight [out, in]"),
        misuse(
            () -> new Affine(matrix, ones(5, 3), ones(3)),
            "linear of [5, 3] and [3]: expected a weight [out, in] and a bias [out]"),
        misuse(
            () -> ones(2, 1, 3).matmul(ones(3, 3, 1)),
            "matmul of [2] and [3]: lengths 2 and 3 do not broadcast"),
        misuse(
            () -> matrix.permute(0, 0),
            "permute of [2, 3]: expected each axis from 0 to 1 once, but the order is [0, 0]"),
        misuse(
            () -> matrix.permute(0),
            "permute of [2, 3]: expected each axis from 0 to 1 once, but the order is [0]"),
        misuse(
            () -> matrix.permute(0, 2),
            "permute of [2, 3]: expected each axis from 0 to 1 once, but the order is [0, 2]"),
        misuse(
            () -> matrix.slice(1, 2, 4),
            "slice of [2, 2] and [2, 3]: no room for the smaller at [0, 2] in the larger"),
        misuse(
            () -> new Slice(matrix, Indices.of(0), MATRIX),
            "slice of [2, 3] and [2, 3]: no room for the smaller at [0] in the larger"),
        misuse(
            () -> matrix.pad(0, -1, 2),
            "pad of [2, 3] and [3, 3]: no room for the smaller at [-1, 0] in the larger"),
        misuse(() -> Tensor.concatenate(0), "concatenate needs at least one tensor"),
        misuse(
            () -> Tensor.concatenate(0, matrix, vector),
            "concatenate of [2, 3] and [4]: expected shapes that differ along axis 0 only"),
        misuse(
            () -> Tensor.stack(vector, ones(5)),
            "concatenate of [1, 4] and [1, 5]: expected shapes that differ along axis 0 only"),
        misuse(
            () -> matrix.gather(1, Indices.of(0, 3)),
            "gather of [2, 3]: no element 3 along axis 1; expected 0 to 2"),
        misuse(
            () -> matrix.gather(1, Indices.of(0, 1, 2)),
            "gather of [2, 3] and [2, 1]: expected shapes that differ along axis 1 only, and an"
                + " index for each of the chosen; there are 3"),
        misuse(
            () -> new ScatterAdd(matrix, 1, Indices.of(0, 1, 2, 3, 4, 5), Shape.of(3, 9)),
            "scatterAdd of [3, 9] and [2, 3]: expected shapes that differ along axis 1 only, and an"
                + " index for each of the chosen; there are 6"),
        misuse(() -> Indices.of(0, 3).oneHot(3), "oneHot: number 3 at 1; expected 0 to 2"),
        misuse(() -> ones(2, 0).argmax(1), "argmax of [2, 0]: no elements along axis 1"),
        misuse(
            () -> new LayerNorm(matrix, ones(2), ones(2), 1),
            "layerNorm of [2, 3] and [2]: expected a weight with the shape of the input's innermost"
                + " axes"),
        misuse(
            () -> new LayerNorm(matrix, scalar, scalar, 1),
            "layerNorm of [2, 3] and []: expected a weight with the shape of the input's innermost"
                + " axes"),
        misuse(
            () -> new LayerNorm(matrix, ones(3), ones(1), 1),
            "layerNorm of [3] and [1]: expected weight and bias of one shape"),
        misuse(
            () -> new LayerNorm(matrix, ones(3), ones(3), -1),
            "epsilon is -1.0; expected a finite number, at least 0"),
        misuse(() -> matrix.clamp(1, 0), "clamp from 1.0 to 0.0; expected low <= high"),
        misuse(() -> matrix.clamp(Float.NaN, 0), "clamp from NaN to 0.0; expected low <= high"),
        misuse(
            () -> matrix.leakyRelu(Float.NaN),
            "leakyRelu's slope is NaN; expected a finite number"),
        misuse(
            () -> matrix.elu(Float.POSITIVE_INFINITY),
            "elu's alpha is Infinity; expected a finite number"),
        misuse(
            () -> matrix.where(vector, matrix),
            "where of [4] and [2, 3]: lengths 4 and 3 do not broadcast"),
        misuse(() -> vector.transpose(), "transpose of [4]: expected a matrix [m, n]"),
        misuse(() -> matrix.reshape(4), "reshape of [2, 3]: its 6 elements do not fill [4]"),
        misuse(
            () -> matrix.broadcastTo(Shape.of(4, 3)),
            "broadcastTo of [2, 3]: cannot be repeated to [4, 3]"),
        misuse(() -> matrix.gatherRows(0, 2), "gatherRows of [2, 3]: no row 2; expected 0 to 1"),
        misuse(() -> matrix.gatherRows(-1), "gatherRows of [2, 3]: no row -1; expected 0 to 1"),
        misuse(() -> scalar.gatherRows(0), "gatherRows of []: a scalar has no rows"),
        misuse(
            () -> new ScatterAddRows(matrix, Indices.of(0), MATRIX),
            "scatterAddRows of [2, 3] and [2, 3]: expected 1 rows alike"),
        misuse(
            () -> new ScatterAddRows(matrix, Indices.of(0, 9), MATRIX),
            "scatterAddRows of [2, 3]: no row 9; expected 0 to 1"),
        misuse(() -> scalar.softmax(), "softmax of []: expected at least one axis"),
        misuse(() -> scalar.logSoftmax(), "logSoftmax of []: expected at least one axis"),
        misuse(() -> ones(2, 0).max(1), "max of [2, 0]: no elements along axes [1]"),
        misuse(
            () -> new SoftmaxCrossEntropy(matrix, Indices.of(0)),
            "crossEntropy of [2, 3] and [1]: expected logits [batch, classes] and labels [batch]"),
        misuse(
            () -> new SoftmaxCrossEntropy(matrix, Indices.of(0, 3)),
            "crossEntropy: label 3 of example 1; expected 0 to 2"),
        misuse(
            () -> new SoftmaxCrossEntropy(matrix, Indices.of(-1, 0)),
            "crossEntropy: label -1 of example 0; expected 0 to 2"),
        misuse(
            () -> Tensor.of(MATRIX, 1, 2),
            "a tensor of shape [2, 3] has 6 elements, but 2 values were given"),
        misuse(
            () -> Parameter.of(MATRIX, 1, 2),
            "a tensor of shape [2, 3] has 6 elements, but 2 values were given"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misuses")
  void misuseIsSaidInOneLine(String message, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void elementsThatAreNotThereAreRefused() {
    Tensor tensor = ones(2, 3);

    for (int[] index : new int[][] {{2, 0}, {0, 3}, {-1, 0}, {0}, {0, 0, 0}, {}}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> tensor.get(index))
          .withMessage("element %s of a tensor of shape [2, 3]", Arrays.toString(index));
    }
  }

  @Test
  void onlyOneElementIsAnItem() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ones(2, 3).item())
        .withMessage("item() needs a tensor of one element; this one has shape [2, 3]");
    assertThatIllegalStateException()
        .isThrownBy(() -> ones(0).item())
        .withMessage("item() needs a tensor of one element; this one has shape [0]");
  }
}
