package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where mathematics leaves the choice to us, for what slides over images; and what is refused. */
class SlidingKinksTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final Window PAIRS = Window.of(2).stride(2);

  private static Parameter image(int height, int width, float... values) {
    return Parameter.of(Shape.of(1, 1, height, width), values);
  }

  private static Tensor images(int... shape) {
    return Tensor.zeros(Shape.of(shape));
  }

  private static float[] gradient(Op operation, Parameter input) {
    return Backward.gradients(operation.evaluate().sum(), List.of(input), false)
        .getFirst()
        .toArray();
  }

  @Test
  void theFirstOfTheGreatestGetsTheGradient() {
    Parameter x = image(2, 4, 1, 3, 5, 5, 3, 3, 5, 5);

    assertThat(gradient(new MaxPool2d(x, PAIRS, PAIRS), x)).containsExactly(0, 1, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void bothZerosAreEquallyGreat() {
    Parameter x = image(2, 2, -0f, 0f, 0f, -0f);
    MaxPool2d pooling = new MaxPool2d(x, PAIRS, PAIRS);

    assertThat(Float.floatToRawIntBits(pooling.evaluate().item()))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(gradient(pooling, x)).containsExactly(1, 0, 0, 0);
  }

  @Test
  void theLastNanOfAWindowIsItsGreatest() {
    Parameter x = image(2, 4, NAN, 1, 2, 3, 2, NAN, 4, 5);
    MaxPool2d pooling = new MaxPool2d(x, PAIRS, PAIRS);

    assertThat(pooling.evaluate().toArray()).containsExactly(NAN, 5);
    assertThat(gradient(pooling, x)).containsExactly(0, 0, 0, 0, 0, 1, 0, 1);
  }

  @Test
  void minusInfinityCanBeTheGreatestButPaddingCannot() {
    Parameter x = image(1, 1, -INFINITY);
    Window padded = Window.of(2).padding(1);
    MaxPool2d pooling = new MaxPool2d(x, padded, padded);

    assertThat(pooling.evaluate().toArray()).containsOnly(-INFINITY).hasSize(4);
    assertThat(gradient(pooling, x)).containsExactly(4);
  }

  @Test
  void aWindowWithoutElementsGivesMinusInfinityAndTakesNoGradient() {
    Parameter x = image(1, 2, 7, 8);
    Window around = Window.of(2).dilation(2).padding(1);
    MaxPool2d pooling = new MaxPool2d(x, around, Window.of(1));
    MaxPool2dChoice choice = new MaxPool2dChoice(x, x, around, Window.of(1));

    assertThat(pooling.evaluate().toArray()).containsExactly(-INFINITY, -INFINITY);
    assertThat(gradient(pooling, x)).containsExactly(0, 0);
    assertThat(choice.evaluate().toArray()).containsExactly(0, 0);
  }

  @Test
  void paddingCountsAsZerosInAnAverage() {
    Window padded = Window.of(2).stride(2).padding(1);

    assertThat(AvgPool2d.sliding(image(1, 1, 4), padded, padded).evaluate().toArray())
        .containsExactly(1);
  }

  @Test
  void paddingIsMultipliedLikeOtherElements() {
    Window padded = Window.of(3).padding(1);
    Tensor weight = Tensor.full(Shape.of(1, 1, 3, 3), INFINITY);

    // Infinity times the zeros around the image.
    assertThat(new Conv2d(image(1, 1, 1), weight, null, padded, padded, 1).evaluate().item())
        .isNaN();
  }

  @Test
  void ofNoImages() {
    Tensor weight = images(2, 1, 2, 2);
    Conv2d convolution = new Conv2d(images(0, 1, 3, 3), weight, null, PAIRS, PAIRS, 1);

    assertThat(convolution.evaluate().shape()).isEqualTo(Shape.of(0, 2, 1, 1));
    assertThat(
            new Conv2dWeightGradient(images(0, 1, 3, 3), images(0, 2, 1, 1), PAIRS, PAIRS, 1)
                .evaluate()
                .toArray())
        .containsOnly(0)
        .hasSize(8);
    assertThat(new MaxPool2d(images(0, 1, 3, 3), PAIRS, PAIRS).shape())
        .isEqualTo(Shape.of(0, 1, 1, 1));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused(
            "conv2d of [1, 2, 4, 4] and [3, 1, 2, 2]: expected [batch, in, height, width] and a"
                + " weight [out, in, 2, 2]",
            () -> new Conv2d(images(1, 2, 4, 4), images(3, 1, 2, 2), null, PAIRS, PAIRS, 1)),
        refused(
            "conv2d of [1, 2, 4, 4] and [3, 1, 2, 2]: expected [batch, in, height, width] and a"
                + " weight [out, in / 2, 2, 2], out a multiple of 2",
            () -> new Conv2d(images(1, 2, 4, 4), images(3, 1, 2, 2), null, PAIRS, PAIRS, 2)),
        refused(
            "conv2d of [1, 4, 4] and [3, 1, 2, 2]: expected [batch, in, height, width] and a"
                + " weight [out, in, 2, 2]",
            () -> new Conv2d(images(1, 4, 4), images(3, 1, 2, 2), null, PAIRS, PAIRS, 1)),
        refused(
            "conv2d: groups is 0; expected at least 1",
            () -> new Conv2d(images(1, 1, 4, 4), images(3, 1, 2, 2), null, PAIRS, PAIRS, 0)),
        refused(
            "conv2d of [3, 1, 2, 2] and [2]: expected a weight [out, ...] and a bias [out]",
            () -> new Conv2d(images(1, 1, 4, 4), images(3, 1, 2, 2), images(2), PAIRS, PAIRS, 1)),
        refused(
            "conv2d of [1, 1, 4, 1]: a window that spans 2 x 2 does not fit into 4 x 1 with"
                + " padding",
            () -> new Conv2d(images(1, 1, 4, 1), images(3, 1, 2, 2), null, PAIRS, PAIRS, 1)),
        refused(
            "conv2dInputGradient of [1, 3, 2, 1] and [1, 1, 4, 4]: expected a gradient [1, 3, 2,"
                + " 2]",
            () ->
                new Conv2dInputGradient(
                    images(1, 3, 2, 1), images(3, 1, 2, 2), Shape.of(1, 1, 4, 4), PAIRS, PAIRS, 1)),
        refused(
            "conv2dWeightGradient of [1, 1, 4, 4] and [1, 3, 2, 1]: expected a gradient"
                + " [1, 3, 2, 2]",
            () ->
                new Conv2dWeightGradient(images(1, 1, 4, 4), images(1, 3, 2, 1), PAIRS, PAIRS, 1)),
        refused(
            "maxPool2d of [4, 4]: expected [batch, channels, height, width]",
            () -> new MaxPool2d(images(4, 4), PAIRS, PAIRS)),
        refused(
            "maxPool2d: a padding of 2 with a window that spans 2; expected at most half of it",
            () -> new MaxPool2d(images(1, 1, 4, 4), PAIRS.padding(2), PAIRS)),
        refused(
            "avgPool2d: dilation is 1 and 2; expected 1",
            () -> AvgPool2d.sliding(images(1, 1, 4, 4), PAIRS, PAIRS.dilation(2))),
        refused(
            "adaptiveAvgPool2d to 0 x 1; expected at least 1 x 1",
            () -> AvgPool2d.adaptive(images(1, 1, 4, 4), 0, 1)),
        refused(
            "avgPool2d of [1, 1, 0, 4]: an image has no elements",
            () -> AvgPool2d.adaptive(images(1, 1, 0, 4), 1, 1)),
        refused("a window's size is 0; expected at least 1", () -> Window.of(0)),
        refused("a window's stride is 0; expected at least 1", () -> PAIRS.stride(0)),
        refused("a window's padding is -1; expected at least 0", () -> PAIRS.padding(-1)),
        refused("a window's dilation is 0; expected at least 1", () -> PAIRS.dilation(0)));
  }

  private static Arguments refused(String message, Supplier<?> making) {
    return Arguments.of(message, (ThrowingCallable) making::get);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String message, ThrowingCallable making) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
