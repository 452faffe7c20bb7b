package dev.descent.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.op.Affine;
import dev.descent.core.op.MatMul;
import dev.descent.core.op.ScatterAddRows;
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
            "matmul of [2, 3] and [4]: expected two matrices, [m, k] and [k, n]"),
        misuse(
            () -> new Affine(matrix, ones(5, 4), ones(5)),
            "linear of [2, 3] and [5, 4]: expected [batch, in] and a weight [out, in]"),
        misuse(
            () -> new Affine(matrix, ones(5, 3), ones(3)),
            "linear of [5, 3] and [3]: expected a weight [out, in] and a bias [out]"),
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
