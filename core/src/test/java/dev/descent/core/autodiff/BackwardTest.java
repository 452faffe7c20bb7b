package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackwardTest {

  private static Parameter parameter(float value) {
    return Parameter.of(Shape.SCALAR, value);
  }

  private static float gradient(Parameter parameter) {
    return parameter.gradient().item();
  }

  // ---- the order of the walk

  @Test
  void aTensorUsedTwiceGetsBothContributions() {
    Parameter x = parameter(3);

    x.times(x).plus(x).backward();

    assertThat(gradient(x)).isEqualTo(7);
  }

  /**
   * Each level uses the one below twice: a walk along paths instead of results takes 2^60 steps.
   */
  @Test
  void aLadderOfDiamondsIsWalkedOnce() {
    Parameter x = parameter(1);
    Tensor y = x;
    for (int level = 0; level < 60; level++) {
      y = y.plus(y);
    }

    y.backward();

    assertThat(gradient(x)).isEqualTo(0x1p60f);
  }

  /** The long way round must have arrived before the gradient of the fork is handed on. */
  @Test
  void aForkWaitsForItsLongestPath() {
    Parameter x = parameter(2);
    Tensor fork = x.square();
    Tensor longWay = fork.times(3).negate().exp().log().times(fork);

    fork.times(longWay).plus(fork).backward();

    // y = -3 f^3 + f with f = x^2
    assertThat(gradient(x)).isEqualTo((-9 * 16 + 1) * 4, within(1e-3f));
  }

  /** The fork is met again, as the left operand, after the walk has come to it by the right one. */
  @Test
  void aForkIsWalkedOnceWhicheverWayItIsMetFirst() {
    Parameter x = parameter(2);
    Tensor fork = x.square();

    List<Tensor> gradients =
        Backward.gradients(fork.times(fork.times(3).plus(1)), List.of(fork, x), false);

    // y = 3 f^2 + f with f = x^2
    assertThat(gradients.get(0).item()).isEqualTo(25);
    assertThat(gradients.get(1).item()).isEqualTo(100);
  }

  @Test
  void aChainOfManyOperationsDoesNotOverflowTheStack() {
    Parameter x = parameter(1);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.plus(1);
    }

    y.backward();

    assertThat(y.item()).isEqualTo(100_001);
    assertThat(gradient(x)).isEqualTo(1);
  }

  @Test
  void aParameterThatIsTheLossHasGradientOne() {
    Parameter x = Parameter.of(Shape.of(1, 1), 5);

    x.backward();

    assertThat(x.gradient().shape()).isEqualTo(Shape.of(1, 1));
    assertThat(x.gradient().item()).isEqualTo(1);
  }

  @Test
  void theSameGraphGivesTheSameBitsEachTime() {
    int[] first = gradientBits();

    for (int run = 0; run < 20; run++) {
      assertThat(gradientBits()).containsExactly(first);
    }
  }

  /** Many contributions of different magnitude: another order of adding gives other bits. */
  private static int[] gradientBits() {
    Parameter x = Parameter.of(Shape.of(3), .1f, .7f, 1.3f);
    List<Tensor> terms = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      terms.add(x.times(1f / i).tanh().times(x.exp()));
    }
    terms.stream().reduce(Tensor::plus).orElseThrow().sum().backward();
    float[] gradient = x.gradient().toArray();
    int[] bits = new int[gradient.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(gradient[i]));
    return bits;
  }

  // ---- broadcasting

  @Test
  void theGradientOfARepeatedOperandIsSummedBackToItsShape() {
    Parameter row = Parameter.of(Shape.of(3), 1, 2, 3);
    Parameter column = Parameter.of(Shape.of(2, 1), 10, 20);
    Parameter scalar = parameter(5);
    Parameter one = Parameter.of(Shape.of(1, 1, 1), 7);

    row.times(column).times(scalar).times(one).sum().backward();

    assertThat(row.gradient().shape()).isEqualTo(Shape.of(3));
    assertThat(row.gradient().toArray()).containsExactly(1050, 1050, 1050);
    assertThat(column.gradient().shape()).isEqualTo(Shape.of(2, 1));
    assertThat(column.gradient().toArray()).containsExactly(210, 210);
    assertThat(scalar.gradient().shape()).isEqualTo(Shape.SCALAR);
    assertThat(gradient(scalar)).isEqualTo(7 * 6 * 30);
    assertThat(one.gradient().shape()).isEqualTo(Shape.of(1, 1, 1));
    assertThat(one.gradient().item()).isEqualTo(5 * 6 * 30);
  }

  @Test
  void anOperandRepeatedToNothingHasGradientZero() {
    Parameter x = Parameter.of(Shape.of(1), 3);

    x.plus(Tensor.zeros(Shape.of(0))).sum().backward();

    assertThat(x.gradient().toArray()).containsExactly(0);
  }

  // ---- parameters

  @Test
  void gradientsAddUpUntilCleared() {
    Parameter x = Parameter.of(Shape.of(2), 1, 2);

    x.square().sum().backward();
    Tensor buffer = x.gradient();
    x.times(10).sum().backward();
    assertThat(x.gradient().toArray()).containsExactly(12, 14);

    x.clearGradient();
    assertThat(x.gradient()).isNull();

    x.square().sum().backward();
    assertThat(x.gradient().toArray()).containsExactly(2, 4);
    assertThat(x.gradient()).describedAs("the memory is reused").isSameAs(buffer);
  }

  @Test
  void oneGraphMayBeWalkedTwice() {
    Parameter x = parameter(3);
    Tensor loss = x.square();

    loss.backward();
    loss.backward();

    assertThat(gradient(x)).isEqualTo(12);
  }

  @Test
  void aFrozenParameterGetsNoGradient() {
    Parameter frozen = parameter(3);
    Parameter trained = parameter(4);
    frozen.trainable(false);

    frozen.times(trained).backward();

    assertThat(frozen.gradient()).isNull();
    assertThat(gradient(trained)).isEqualTo(3);
  }

  @Test
  void freezingForgetsTheGradientAndThawingBeginsAnew() {
    Parameter x = parameter(3);
    x.square().backward();

    x.trainable(false);
    assertThat(x.gradient()).isNull();
    assertThat(x.times(x).producer()).isNull();

    x.trainable(true);
    x.times(2).backward();
    assertThat(gradient(x)).isEqualTo(2);
  }

  @Test
  void aResultOfConstantsIsNotRecorded() {
    Tensor constant = Tensor.scalar(2).exp().plus(1);

    assertThat(constant.producer()).isNull();
    assertThat(constant.requiresGradient()).isFalse();
    assertThat(constant.times(parameter(1)).requiresGradient()).isTrue();
  }

  @Test
  void noGradientFlowsThroughADetachedTensor() {
    Parameter x = parameter(3);

    x.times(x.square().detach()).plus(x.detach()).backward();

    assertThat(gradient(x)).isEqualTo(9);
  }

  // ---- gradients as values

  @Test
  void gradientsOfResultsOnTheWayAndOfParameters() {
    Parameter x = parameter(3);
    Parameter unused = Parameter.of(Shape.of(2), 1, 1);
    Tensor square = x.square();
    Tensor loss = square.times(square).plus(square);

    List<Tensor> gradients = Backward.gradients(loss, List.of(square, x, unused, loss), false);

    assertThat(gradients.get(0).item()).isEqualTo(19);
    assertThat(gradients.get(1).item()).isEqualTo(19 * 6);
    assertThat(gradients.get(2).toArray()).containsExactly(0, 0);
    assertThat(gradients.get(3).item()).isEqualTo(1);
    assertThat(gradients).noneMatch(Tensor::requiresGradient);
  }

  @Test
  void gradientsLeaveTheParametersOwnGradientAlone() {
    Parameter x = parameter(3);
    Parameter y = parameter(4);
    x.square().backward();

    Backward.gradients(x.times(y), List.of(x), false);
    Backward.gradients(x.times(y), List.of(x), true);

    assertThat(gradient(x)).isEqualTo(6);
    assertThat(y.gradient()).isNull();
  }

  @Test
  void recordedGradientsCanBeDifferentiatedAgainAndAgain() {
    Parameter x = parameter(2);
    Tensor derivative = x.square().square();
    float[] expected = {32, 48, 48, 24};

    for (float each : expected) {
      derivative = Backward.gradients(derivative, List.of(x), true).getFirst();
      assertThat(derivative.item()).isEqualTo(each);
    }
  }

  @Test
  void aRecordedGradientMayBeWalkedIntoTheParameters() {
    Parameter x = parameter(2);

    Backward.gradients(x.times(x).times(x), List.of(x), true).getFirst().square().backward();

    // d/dx (3 x^2)^2 = 36 x^3
    assertThat(gradient(x)).isEqualTo(288);
  }

  // ---- what cannot be differentiated

  @Test
  void aLossOfSeveralElementsIsRefused() {
    Tensor loss = Parameter.of(Shape.of(2, 3), new float[6]).exp();

    assertThatIllegalStateException()
        .isThrownBy(loss::backward)
        .withMessage("backward() needs a loss of one element; this one has shape [2, 3]");
  }

  @Test
  void gradientsOfWhatWasNotRecordedAreRefused() {
    Parameter x = parameter(1);
    Parameter frozen = parameter(2);
    frozen.trainable(false);
    Tensor loss = x.times(frozen);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backward.gradients(loss, List.of(x, frozen), false))
        .withMessage(
            "gradients() needs trainable parameters or results of them; tensor 1, of shape [], is"
                + " a constant or frozen");
  }

  @Test
  void aLossThatDependsOnNoParameterIsRefused() {
    Parameter frozen = parameter(1);
    frozen.trainable(false);

    for (Tensor loss : List.of(Tensor.scalar(1), Tensor.scalar(1).exp(), frozen, frozen.exp())) {
      assertThatIllegalStateException()
          .isThrownBy(loss::backward)
          .withMessage("backward() needs a loss that was computed from a trainable parameter");
    }
  }
}
