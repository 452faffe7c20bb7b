package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.autodiff.Graph;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RectifiedTest {
  private final Parameter x = Parameter.of(Shape.of(1, 2), 1, -1);
  private final Parameter weight = Parameter.of(Shape.of(3, 2), 2, 1, 1, 1, 1, Float.NaN);
  private final Parameter bias = Parameter.of(Shape.of(3), 0, 0, 0);

  @Test
  void hasNoSlopeAtZeroAndLetsNaNPass() {
    Tensor y = new Rectified(new Affine(x, weight, bias)).evaluate();

    assertThat(y.toArray()).containsExactly(1, 0, Float.NaN);
    y.sum().backward();
    assertThat(bias.gradient().toArray()).containsExactly(1, 0, 0);
  }

  @Test
  void refusesAnOperationWhoseDerivativeLooksAtItsResult() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rectified(new Exp(x)))
        .withMessage("rectified Exp; expected Affine, Conv2d or MaxPool2d");
  }

  @Test
  void saysInAGraphWhatItRectifies() {
    assertThat(Graph.of(new Rectified(new Affine(x, weight, bias)).evaluate()).toString())
        .contains("RectifiedAffine [1, 3] of");
  }
}
