package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private static final Tensor IMAGE =
      Tensor.of(Shape.of(1, 1, 3, 5), 1, 2, 3, 4, 9, 5, 6, 7, 9, 9, 9, 9, 9, 9, 9);

  @Test
  void theGreatestOfWindowsSideBySide() {
    Tensor output = MaxPool2d.of(2).forward(IMAGE);

    assertThat(output.shape()).isEqualTo(Shape.of(1, 1, 1, 2));
    assertThat(output.toArray()).containsExactly(6, 9);
    assertThat(MaxPool2d.of(2).parameters()).isEmpty();
  }

  @Test
  void rowsAndColumnsMayDiffer() {
    Window two = Window.of(2);
    Window all = Window.of(5);

    assertThat(new MaxPool2d(two, all).forward(IMAGE).toArray()).containsExactly(9, 9);
    assertThat(new MaxPool2d(Window.of(1), two.stride(3)).forward(IMAGE).toArray())
        .containsExactly(2, 9, 6, 9, 9, 9);
    assertThat(new AvgPool2d(Window.of(1), two.stride(3)).forward(IMAGE).toArray())
        .containsExactly(1.5f, 6.5f, 5.5f, 9, 9, 9);
  }

  @Test
  void averagesOfWindowsSideBySide() {
    assertThat(AvgPool2d.of(2).forward(IMAGE).toArray()).containsExactly(3.5f, 5.75f);
  }

  @Test
  void asManyAveragesAsAskedFor() {
    Tensor output = new AdaptiveAvgPool2d(1, 2).forward(IMAGE);

    assertThat(output.shape()).isEqualTo(Shape.of(1, 1, 1, 2));
    // The column in the middle counts in both.
    assertThat(output.toArray()).containsExactly(51 / 9f, 68 / 9f);
  }
}
