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

  @Test
  void absoluteValueHasSlopeZeroAtBothZerosAndOfNan() {
    Parameter x = vector(-0f, 0f, -2, NAN, -INFINITY);

    assertThat(x.abs().toArray()).containsExactly(0f, 0f, 2, NAN, INFINITY);
    assertThat(gradient(Tensor::abs, x)).containsExactly(0, 0, -1, 0, -1);
  }

  @Test
  void leakyReluAndEluHaveTheSlopeOfTheLeftAtZero() {
    Parameter x = vector(-0f, 0f, NAN);

    assertThat(x.leakyRelu(.5f).toArray()).containsExactly(-0f, 0f, NAN);
    assertThat(gradient(y -> y.leakyRelu(.5f), x)).containsExactly(.5f, .5f, .5f);
    assertThat(gradient(y -> y.elu(3), vector(0f, -INFINITY))).containsExactly(3, 0);
  }

  @Test
  void clampPassesTheGradientAtItsBounds() {
    Parameter x = vector(-2, -1, 0, 1, 2, NAN);

    assertThat(x.clamp(-1, 1).toArray()).containsExactly(-1, -1, 0, 1, 1, NAN);
    assertThat(gradient(y -> y.clamp(-1, 1), x)).containsExactly(0, 1, 1, 1, 0, 0);
    assertThat(x.clamp(-INFINITY, 0).toArray()).containsExactly(-2, -1, 0, 0, 0, NAN);
  }

  @Test
  void maximumAndMinimumShareTheGradientWhereBothAreEqual() {
    Parameter x = vector(1, 2, 3, NAN, 1);
    Tensor y = Tensor.of(Shape.of(5), 2, 2, 2, 1, NAN);

    assertThat(x.maximum(y).toArray()).containsExactly(2, 2, 3, NAN, NAN);
    assertThat(x.minimum(y).toArray()).containsExactly(1, 2, 2, NAN, NAN);
    assertThat(gradient(a -> a.maximum(y), x)).containsExactly(0, .5f, 1, 0, 0);
    assertThat(gradient(y::minimum, x)).containsExactly(1, .5f, 0, 0, 0);
    assertThat(vector(-0f).maximum(vector(0f)).toArray()).containsExactly(0f);
    assertThat(vector(0f).minimum(vector(-0f)).toArray()).containsExactly(-0f);
  }

  @Test
  void nothingComparesWithNan() {
    Parameter x = vector(NAN, NAN, 1, 1, -0f);
    Tensor y = Tensor.of(Shape.of(5), NAN, 1, NAN, 1, 0f);

    assertThat(x.greaterThan(y).toArray()).containsExactly(0, 0, 0, 0, 0);
    assertThat(x.atLeast(y).toArray()).containsExactly(0, 0, 0, 1, 1);
    assertThat(gradient(a -> a.greaterThan(y), x)).containsOnly(0);
  }

  @Test
  void whatWhereDoesNotChooseHasNoInfluence() {
    Parameter x = vector(1, NAN, INFINITY);
    Tensor condition = Tensor.of(Shape.of(3), NAN, 0f, -0f);

    assertThat(x.where(condition, Tensor.scalar(5)).toArray()).containsExactly(1, 5, 5);
    assertThat(gradient(a -> a.where(condition, Tensor.scalar(5)).square(), x))
        .containsExactly(2, 0, 0);
    assertThat(gradient(c -> Tensor.scalar(2).where(c, Tensor.scalar(5)), x)).containsOnly(0);
  }

  @Test
  void powersOfZeroAndOfNegativeNumbers() {
    Parameter x = vector(0, 0, 0, -2, -2, NAN);
    Tensor exponent = Tensor.of(Shape.of(6), 0, 2, -1, 3, .5f, 0);

    assertThat(x.power(exponent).toArray()).containsExactly(1, 0, INFINITY, -8, NAN, 1);
    assertThat(gradient(a -> a.power(exponent), x)).containsExactly(0, 0, -INFINITY, 12, NAN, 0);
    Tensor base = Tensor.of(Shape.of(3), 0, 0, 2);
    assertThat(gradient(base::power, vector(2, 0, 0)))
        .containsExactly(0, -INFINITY, (float) Math.log(2));
  }

  @Test
  void rootsAndLogarithmsOutsideTheirDomain() {
    Parameter x = vector(0f, -0f, -1, INFINITY);

    assertThat(x.rsqrt().toArray()).containsExactly(INFINITY, -INFINITY, NAN, 0);
    assertThat(vector(-1, -2, INFINITY).log1p().toArray())
        .containsExactly(-INFINITY, NAN, INFINITY);
    assertThat(vector(INFINITY, -INFINITY).sin().toArray()).containsOnly(NAN);
    assertThat(vector(INFINITY, -INFINITY).cos().toArray()).containsOnly(NAN);
  }

  @Test
  void smoothRectifiersAtTheInfinities() {
    Parameter x = vector(INFINITY, -INFINITY, NAN);

    for (UnaryOperator<Tensor> each :
        List.<UnaryOperator<Tensor>>of(
            Tensor::gelu, Tensor::geluTanh, Tensor::silu, Tensor::softplus)) {
      assertThat(each.apply(x).toArray()).containsExactly(INFINITY, 0, NAN);
    }
    assertThat(gradient(Tensor::gelu, x)).containsExactly(1, 0, NAN);
    assertThat(gradient(Tensor::softplus, x)).containsExactly(1, 0, NAN);
    assertThat(gradient(Tensor::silu, vector(INFINITY))).containsExactly(NAN);
    assertThat(vector(INFINITY, -INFINITY).erf().toArray()).containsExactly(1, -1);
  }

  @Test
  void logSumExpOfInfinitiesAndNothing() {
    assertThat(vector(-INFINITY, -INFINITY).logSumExp().item()).isEqualTo(-INFINITY);
    assertThat(vector(INFINITY, -INFINITY, 1).logSumExp().item()).isEqualTo(INFINITY);
    assertThat(vector(NAN, 1).logSumExp().item()).isNaN();
    assertThat(vector(1e30f, 1e30f).logSumExp().item()).isEqualTo(1e30f);
    assertThat(vector(0, -INFINITY).logSumExp().item()).isZero();
    assertThat(gradient(Tensor::logSumExp, vector(0, -INFINITY))).containsExactly(1, 0);
    assertThat(vector().logSumExp().item()).isEqualTo(-INFINITY);
  }

  @Test
  void argmaxTakesTheFirstOfSeveralAndTheFirstNan() {
    assertThat(vector(1, 3, 3).argmax(0)).isEqualTo(Indices.of(1));
    assertThat(vector(-0f, 0f).argmax(0)).isEqualTo(Indices.of(0));
    assertThat(vector(1, NAN, 3, NAN).argmax(0)).isEqualTo(Indices.of(1));
    assertThat(vector(1, NAN, -3).argmin(0)).isEqualTo(Indices.of(1));
    assertThat(Tensor.zeros(Shape.of(0, 2)).argmax(1)).isEqualTo(Indices.of());
  }

  @Test
  void aRowWithInfinityOrNanIsNormalisedToNanAndOthersAreNot() {
    Tensor x = Tensor.of(Shape.of(3, 2), INFINITY, 1, NAN, 1, 3, 3);
    Tensor one = Tensor.ones(Shape.of(2));

    float[] y = new LayerNorm(x, one, one, 1e-5f).evaluate().toArray();

    assertThat(y).containsExactly(NAN, NAN, NAN, NAN, 1, 1);
    assertThat(new LayerNorm(Tensor.zeros(Shape.of(0, 2)), one, one, 0).evaluate().size()).isZero();
  }

  @Test
  void shapesOfNothing() {
    Parameter nothing = Parameter.of(Shape.of(0, 3));

    assertThat(nothing.variance().item()).isNaN();
    assertThat(nothing.permute(1, 0).shape()).isEqualTo(Shape.of(3, 0));
    assertThat(nothing.pad(0, 1, 1).toArray()).containsExactly(0, 0, 0, 0, 0, 0);
    assertThat(Tensor.concatenate(0, nothing, nothing).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(nothing.gather(0, Indices.of()).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(Tensor.ones(Shape.of(2, 2, 0)).matmul(Tensor.ones(Shape.of(0, 3))).toArray())
        .containsOnly(0)
        .hasSize(12);
  }
}
