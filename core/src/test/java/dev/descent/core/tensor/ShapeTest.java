package dev.descent.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void axesAreCountedFromEitherEnd() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.length(0)).isEqualTo(2);
    assertThat(shape.length(-1)).isEqualTo(4);
    assertThat(shape.axis(-3)).isZero();
    assertThat(shape).hasToString("[2, 3, 4]");
  }

  @Test
  void aScalarHasOneElementAndNoAxes() {
    assertThat(Shape.of()).isSameAs(Shape.SCALAR);
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.SCALAR).hasToString("[]");
  }

  @Test
  void anEmptyAxisMakesAnyShapeEmpty() {
    assertThat(Shape.of(3, 0).size()).isZero();
    assertThat(Shape.of(1 << 30, 1 << 30, 1 << 30, 0).size()).isZero();
  }

  @Test
  void shapesAreValues() {
    int[] lengths = {2, 3};
    Shape shape = Shape.of(lengths);
    lengths[0] = 9;
    shape.toArray()[1] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
  }

  @Test
  void axesCanBeChangedAndTakenAway() {
    assertThat(Shape.of(2, 3, 4).with(1, 7)).isEqualTo(Shape.of(2, 7, 4));
    assertThat(Shape.of(2, 3, 4).without(-1)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.of(2, 3, 4).without(1)).isEqualTo(Shape.of(2, 4));
    assertThat(Shape.of(5).without(0)).isEqualTo(Shape.SCALAR);
  }

  @Test
  void shapesBroadcastFromTheInnermostAxis() {
    assertThat(Shape.of(2, 1, 4).broadcast(Shape.of(3, 1), "plus")).isEqualTo(Shape.of(2, 3, 4));
    assertThat(Shape.SCALAR.broadcast(Shape.of(2), "plus")).isEqualTo(Shape.of(2));
    assertThat(Shape.of(1).broadcast(Shape.of(0), "plus")).isEqualTo(Shape.of(0));
    assertThat(Shape.of(3).broadcastsTo(Shape.of(2, 3))).isTrue();
    assertThat(Shape.of(2, 3).broadcastsTo(Shape.of(3))).isFalse();
    assertThat(Shape.of(2).broadcastsTo(Shape.of(1))).isFalse();
  }

  @Test
  void shapesThatDoNotBroadcastAreNamedWithTheOperation() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Shape.of(2, 3).broadcast(Shape.of(4), "plus"))
        .withMessage("plus of [2, 3] and [4]: lengths 3 and 4 do not broadcast");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Shape.of(0).broadcast(Shape.of(2), "plus"))
        .withMessage("plus of [0] and [2]: lengths 0 and 2 do not broadcast");
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Shape.of(2, 3).length(2))
        .withMessage("axis 2 of shape [2, 3]; expected -2 to 1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Shape.of(2, 3).without(-3))
        .withMessage("axis -3 of shape [2, 3]; expected -2 to 1");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Shape.SCALAR.length(-1))
        .withMessage("axis -1 of shape []; a scalar has no axes");
  }

  @Test
  void impossibleLengthsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessage("shape [2, -1] has a negative axis; expected lengths >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, 3).with(0, -1))
        .withMessage("shape [-1, 3] has a negative axis; expected lengths >= 0");
    for (int[] lengths :
        new int[][] {{1 << 16, 1 << 15}, {1 << 30, 1 << 30, 8}, {1 << 30, 1 << 30, 1 << 30}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Shape.of(lengths))
          .withMessageEndingWith("] is too large; expected at most 2^31 - 1 elements");
    }
  }
}
