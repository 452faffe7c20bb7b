package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private final CrossEntropy loss = new CrossEntropy();

  /**
   * PyTorch 2.13 in float64:
   *
   * <pre>
   * x = torch.tensor([[0.5, -1.25, 3.0], [2.0, 2.0, -4.0], [-0.125, 0.75, 0.0625],
   *     [10., -20., 30.]], dtype=torch.float64, requires_grad=True)
   * F.cross_entropy(x, torch.tensor([2, 0, 1, 0])).backward()
   * </pre>
   */
  @Test
  void givesTheNumbersOfPyTorch() {
    Parameter logits =
        Parameter.of(
            Shape.of(4, 3), 0.5f, -1.25f, 3, 2, 2, -4, -0.125f, 0.75f, 0.0625f, 10, -20, 30);
    double[] expected = {
      0.01871780364051007, 0.0032526665513425315, -0.02197047019185261,
      -0.12515473024207946, 0.12484526975792054, 0.00030946048415894406,
      0.05428757227050858, -0.11977088411082368, 0.06548331184031507,
      -0.2499999994847116, 4.8218746099711556e-23, 0.24999999948471158
    };

    Tensor value = loss.of(logits, Indices.of(2, 0, 1, 0));
    value.backward();

    assertThat(value.shape()).isEqualTo(Shape.SCALAR);
    assertThat((double) value.item()).isCloseTo(5.3596342901639975, within(1e-6));
    float[] gradient = logits.gradient().toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) gradient[i]).isCloseTo(expected[i], within(3e-8));
    }
  }

  @Test
  void staysExactWhereTheSoftmaxIsZeroOrOne() {
    assertThat(loss.of(Tensor.of(Shape.of(1, 2), 1000, -1000), Indices.of(0)).item()).isZero();
    assertThat(loss.of(Tensor.of(Shape.of(1, 2), 1000, -1000), Indices.of(1)).item())
        .isEqualTo(2000);
    assertThat((double) loss.of(Tensor.zeros(Shape.of(3, 7)), Indices.of(1, 2, 3)).item())
        .isCloseTo(Math.log(7), within(1e-6));
  }

  @Test
  void namesTheShapesThatDoNotFit() {
    assertThatThrownBy(() -> loss.of(Tensor.zeros(Shape.of(2, 3)), Indices.of(0, 1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy of [2, 3] and [3]: expected logits [batch, classes] and labels [batch]");
    assertThatThrownBy(() -> loss.of(Tensor.zeros(Shape.of(2)), Indices.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy of [2] and [2]: expected logits [batch, classes] and labels [batch]");
  }

  @Test
  void namesALabelThatIsNoClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.of(Tensor.zeros(Shape.of(2, 3)), Indices.of(0, 3)))
        .withMessage("crossEntropy: label 3 of example 1; expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.of(Tensor.zeros(Shape.of(2, 3)), Indices.of(-1, 0)))
        .withMessage("crossEntropy: label -1 of example 0; expected 0 to 2");
  }
}
