package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where mathematics leaves the choice to us: at ties, at zero, outside the domain, of nothing. */
class KinksTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  private static float[] gradient(UnaryOperator<Tensor> function, Parameter input) {
    return Backward.gradients(function.apply(input).sum(), List.of(input), false)
        .getFirst()
        .toArray();
  }

  private static Parameter vector(float... values) {
    return Parameter.of(Shape.of(values.length), values);
  }

  @Test
  void reluIsZeroWithSlopeZeroAtBothZeros() {
    Parameter x = vector(-0f, 0f, Float.MIN_VALUE, -Float.MIN_VALUE, NAN);

    assertThat(x.relu().toArray()).containsExactly(0f, 0f, Float.MIN_VALUE, 0f, NAN);
    assertThat(gradient(Tensor::relu, x)).containsExactly(0, 0, 1, 0, 0);
  }

  @Test
  void gateIsShutAtZeroAndNan() {
    Tensor y = new Gate(Tensor.full(Shape.of(4), 7), vector(-0f, 0f, NAN, 1f)).evaluate();

    assertThat(y.toArray()).containsExactly(0, 0, 0, 7);
  }

  @Test
  void nothingEqualsNanAndBothZerosAreEqual() {
    Tensor y = new Equal(vector(NAN, 0f, INFINITY, 1), vector(NAN, -0f, INFINITY, 2)).evaluate();

    assertThat(y.toArray()).containsExactly(0, 1, 1, 0);
  }

  @Test
  void theGreatestShareTheGradientEvenly() {
    assertThat(gradient(Tensor::max, vector(3, 1, 3, 3, 3)))
        .containsExactly(.25f, 0, .25f, .25f, .25f);
    assertThat(gradient(Tensor::max, vector(-0f, 0f))).containsExactly(.5f, .5f);

    Parameter matrix = Parameter.of(Shape.of(2, 2), 1, 1, 5, 0);
    assertThat(gradient(x -> x.max(1), matrix)).containsExactly(.5f, .5f, 1, 0);
  }

  @Test
  void aMaximumOverNanIsNanAndSoIsItsGradient() {
    Parameter x = vector(1, NAN, 2);

    assertThat(x.max().item()).isNaN();
    assertThat(gradient(Tensor::max, x)).containsOnly(NAN);
  }

  @Test
  void squareRootIsInfinitelySteepAtZeroAndNanBelow() {
    Parameter x = vector(0, -1);

    assertThat(x.sqrt().toArray()).containsExactly(0, NAN);
    assertThat(gradient(Tensor::sqrt, x)).containsExactly(INFINITY, NAN);
  }

  @Test
  void logarithmIsMinusInfinityAtZeroAndNanBelow() {
    Parameter x = vector(0f, -0f, -1);

    assertThat(x.log().toArray()).containsExactly(-INFINITY, -INFINITY, NAN);
    assertThat(gradient(Tensor::log, vector(0))).containsExactly(INFINITY);
  }

  @Test
  void divisionByZeroIsInfiniteOrNan() {
    Tensor y = vector(1, -1, 0).dividedBy(vector(0, 0, 0));

    assertThat(y.toArray()).containsExactly(INFINITY, -INFINITY, NAN);
  }

  @Test
  void softmaxOfHugeNumbersDoesNotOverflow() {
    assertThat(vector(3e38f, -3e38f, 3e38f).softmax().toArray()).containsExactly(.5f, 0, .5f);
    assertThat(vector(1e4f, 0).logSoftmax().toArray()).containsExactly(0, -1e4f);
    assertThat(vector(0, -INFINITY).softmax().toArray()).containsExactly(1, 0);
  }

  @Test
  void ofNothing() {
    Parameter nothing = Parameter.of(Shape.of(0, 3));

    assertThat(nothing.sum().item()).isZero();
    assertThat(nothing.sum(0).toArray()).containsExactly(0, 0, 0);
    assertThat(nothing.mean().item()).isNaN();
    assertThat(nothing.max(1).shape()).isEqualTo(Shape.of(0));
    assertThat(new SoftmaxCrossEntropy(nothing, Indices.of()).evaluate().item()).isNaN();
    assertThatThrownBy(nothing::max)
        .isInstanceOf(ShapeException.class)
        .hasMessage("max of [0, 3]: no elements along axes [0, 1]");
  }
}
