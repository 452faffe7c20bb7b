package dev.descent.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AxesTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4);

  @Test
  void axesInAnyOrderAndFromEitherEnd() {
    Axes axes = Axes.of(SHAPE, -1, 0);

    assertThat(axes).isEqualTo(Axes.of(SHAPE, 0, 2)).hasSameHashCodeAs(Axes.of(SHAPE, 0, 2));
    assertThat(axes).isNotEqualTo(Axes.all(SHAPE)).hasToString("[0, 2]");
    assertThat(axes.contains(0)).isTrue();
    assertThat(axes.contains(1)).isFalse();
  }

  @Test
  void whatReductionLeaves() {
    Axes axes = Axes.of(SHAPE, 0, 2);

    assertThat(axes.keptIn(SHAPE)).isEqualTo(Shape.of(1, 3, 1));
    assertThat(axes.removedFrom(SHAPE)).isEqualTo(Shape.of(3));
    assertThat(axes.reducedSize(SHAPE)).isEqualTo(8);
    assertThat(Axes.all(SHAPE).removedFrom(SHAPE)).isEqualTo(Shape.SCALAR);
    assertThat(Axes.of(SHAPE).removedFrom(SHAPE)).isEqualTo(SHAPE);
    assertThat(Axes.of(SHAPE).reducedSize(SHAPE)).isEqualTo(1);
    assertThat(Axes.all(Shape.SCALAR).reducedSize(Shape.SCALAR)).isEqualTo(1);
  }

  @Test
  void axesThatABroadcastRepeats() {
    assertThat(Axes.broadcast(Shape.of(3, 1), SHAPE)).hasToString("[0, 2]");
    assertThat(Axes.broadcast(Shape.SCALAR, SHAPE)).hasToString("[0, 1, 2]");
    assertThat(Axes.broadcast(SHAPE, SHAPE)).hasToString("[]");
    assertThat(Axes.broadcast(Shape.of(1, 1), Shape.of(1, 0))).hasToString("[1]");
  }

  @Test
  void wrongAxesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.of(SHAPE, 1, -2))
        .withMessage("axes [1, -2] of shape [2, 3, 4] name one axis twice");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Axes.of(SHAPE, 3))
        .withMessage("axis 3 of shape [2, 3, 4]; expected -3 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.of(SHAPE, 1).keptIn(Shape.of(2, 3)))
        .withMessage("axes [1] were chosen from 3, but shape [2, 3] has 2");
  }
}
