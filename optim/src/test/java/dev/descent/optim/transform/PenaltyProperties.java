package dev.descent.optim.transform;

import static dev.descent.optim.transform.Transformed.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.law.Course;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PenaltyProperties {
  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 1);
  }

  @Property
  @Tag("widths")
  void addTheirDerivatives(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 100) double strength) {
    float[] weights = course.start();
    weights[0] = 0;
    float[] gradient = course.gradients(1e-6, 1e6)[0];
    Shape shape = Shape.of(weights.length);
    float[] lasso = one(weights, shape, gradient, new L1Penalty(strength));
    float[] ridge = one(weights, shape, gradient, new L2Penalty(strength));
    for (int i = 0; i < weights.length; i++) {
      double sign = weights[i] == 0 ? 0 : weights[i] < 0 ? -1 : 1;
      assertThat(lasso[i]).isEqualTo((float) (gradient[i] + strength * sign));
      assertThat(ridge[i]).isEqualTo((float) (gradient[i] + strength * weights[i]));
    }
  }

  /** The gradient of the loss with the penalty written into it. */
  @Property(tries = 50)
  void areTheSameAsPenaltiesInTheLoss(@ForAll("courses") Course course) {
    float[] weights = course.start();
    float[] gradient = course.gradients(0.1, 10)[0];
    Shape shape = Shape.of(weights.length);
    Parameter parameter = Parameter.of(shape, weights.clone());
    Tensor loss = parameter.times(Tensor.of(shape, gradient.clone())).sum();
    loss.plus(parameter.square().sum().times(0.25f)).backward();
    assertThat(one(weights, shape, gradient, new L2Penalty(0.5)))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(parameter.gradient().toArray());
  }

  /** In every shape, also where elements come in units. */
  @Property(tries = 50)
  void unitsDoNotMatter(
      @ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 9) int columns) {
    Course course = new Course(rows * columns, 1, rows);
    float[] weights = course.start();
    float[] gradient = course.gradients(1e-3, 1e3)[0];
    assertThat(one(weights, Shape.of(rows, columns), gradient, new L2Penalty(0.5)))
        .isEqualTo(one(weights, Shape.of(rows * columns), gradient, new L2Penalty(0.5)));
  }

  @Example
  void strengthsAreNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new L1Penalty(-1))
        .withMessage("strength is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new L2Penalty(Double.NaN))
        .withMessage("strength is NaN; expected a finite number >= 0");
  }
}
