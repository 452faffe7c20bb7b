package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FlattenTest {
  private final Flatten flatten = new Flatten();

  @Test
  void joinsAllAxesButTheFirst() {
    Tensor images = Tensor.of(Shape.of(2, 1, 3), 1, 2, 3, 4, 5, 6);

    assertThat(flatten.forward(images).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(flatten.forward(images).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(shapeOf(4, 2, 3, 5)).isEqualTo(Shape.of(4, 30));
    assertThat(shapeOf(4, 3)).isEqualTo(Shape.of(4, 3));
    assertThat(shapeOf(4)).isEqualTo(Shape.of(4, 1));
    assertThat(shapeOf(0, 2, 3)).isEqualTo(Shape.of(0, 6));
    assertThat(flatten.parameters()).isEmpty();
  }

  private Shape shapeOf(int... lengths) {
    return flatten.forward(Tensor.zeros(Shape.of(lengths))).shape();
  }

  @Test
  void refusesAScalar() {
    assertThatThrownBy(() -> flatten.forward(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("flatten of []: expected [batch, ...]");
  }
}
