package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorTest {
  private final MeanSquaredError loss = new MeanSquaredError();

  /**
   * PyTorch 2.13 in float64, where the loss is exact:
   *
   * <pre>
   * p = torch.tensor([[0.5, -1.25, 3.0], [2.0, 2.0, -4.0]], dtype=torch.float64,
   *     requires_grad=True)
   * t = torch.tensor([[1., -1., 0.25], [0., 2.5, -3.]], dtype=torch.float64)
   * F.mse_loss(p, t).backward()
   * </pre>
   */
  @Test
  void givesTheNumbersOfPyTorch() {
    Parameter predictions = Parameter.of(Shape.of(2, 3), 0.5f, -1.25f, 3, 2, 2, -4);
    Tensor targets = Tensor.of(Shape.of(2, 3), 1, -1, 0.25f, 0, 2.5f, -3);

    Tensor value = loss.of(predictions, targets);
    value.backward();

    assertThat(value.shape()).isEqualTo(Shape.SCALAR);
    assertThat(value.item()).isEqualTo(2.1875f);
    assertThat(predictions.gradient().toArray())
        .containsExactly(
            new float[] {-1f / 6, -1f / 12, 11f / 12, 2f / 3, -1f / 6, -1f / 3},
            Offset.offset(1e-7f));
  }

  @Test
  void refusesToBroadcast() {
    assertThatThrownBy(() -> loss.of(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(3))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("meanSquaredError of [2, 3] and [3]: expected equal shapes");
  }
}
