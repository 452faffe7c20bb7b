package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class HessianTest {

  /** {@code x^T A x / 2}: its Hessian is A, if A is symmetric. */
  private static Hessian quadratic(Parameter x, float... matrix) {
    int n = x.size();
    Tensor a = Tensor.of(Shape.of(n, n), matrix);
    Tensor column = x.reshape(n, 1);
    return Hessian.of(column.transpose().matmul(a).matmul(column).times(.5f).sum(), List.of(x));
  }

  private static Parameter vector(float... values) {
    return Parameter.of(Shape.of(values.length), values);
  }

  private static Hessian diagonal(float... eigenvalues) {
    int n = eigenvalues.length;
    float[] matrix = new float[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = eigenvalues[i];
    }
    return quadratic(Parameter.of(Tensor.ones(Shape.of(n))), matrix);
  }

  @Test
  void theProductOfAQuadraticIsThatOfItsMatrix() {
    Hessian hessian = quadratic(vector(1, 2), 2, 1, 1, 3);

    List<Tensor> product = hessian.times(List.of(Tensor.of(Shape.of(2), 1, -1)));

    assertThat(product).hasSize(1);
    assertThat(product.getFirst().toArray()).containsExactly(1, -2);
  }

  /** x^2 y^3: second derivatives 2y^3, 6xy^2 and 6x^2 y, with parameters of different shapes. */
  @Test
  void theProductDependsOnWhereItIsTaken() {
    Parameter x = Parameter.of(Shape.SCALAR, 2);
    Parameter y = Parameter.of(Shape.of(1, 1), 3);
    Tensor loss = x.square().times(y.square()).times(y).sum();

    List<Tensor> product =
        Hessian.of(loss, List.of(x, y))
            .times(List.of(Tensor.scalar(10), Tensor.of(Shape.of(1, 1), 1)));

    assertThat(product.get(0).item()).isEqualTo(10 * 2 * 27 + 6 * 2 * 9);
    assertThat(product.get(1).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(product.get(1).item()).isEqualTo(10 * 6 * 2 * 9 + 6 * 4 * 3);
  }

  @Test
  void aLinearLossDoesNotBend() {
    Parameter x = vector(1, 2);
    Hessian hessian = Hessian.of(x.times(3).sum(), List.of(x));

    assertThat(hessian.times(List.of(Tensor.ones(Shape.of(2)))).getFirst().toArray())
        .containsExactly(0, 0);
    assertThat(hessian.largestEigenvalue(10, 1)).isZero();
  }

  @Test
  void theLargestEigenvalueIsNotTheGreatestMagnitude() {
    assertThat(diagonal(-9, 1, 4, 2).largestEigenvalue(10, 1)).isCloseTo(4, within(1e-5f));
    assertThat(diagonal(-9, -1, -4).largestEigenvalue(10, 1)).isCloseTo(-1, within(1e-5f));
    // 2 and 1, 1 and 3: (5 + sqrt 5) / 2.
    assertThat(quadratic(vector(1, 2), 2, 1, 1, 3).largestEigenvalue(10, 1))
        .isCloseTo((float) (2.5 + Math.sqrt(5) / 2), within(1e-6f));
    assertThat(diagonal(7).largestEigenvalue(1, 1)).isEqualTo(7);
  }

  @Test
  void aFewIterationsFindItAmongManyAndMoreComeNearerFromBelow() {
    float[] eigenvalues = new float[200];
    for (int i = 0; i < eigenvalues.length; i++) {
      eigenvalues[i] = i / 200f;
    }
    eigenvalues[77] = 2.5f;
    Hessian hessian = diagonal(eigenvalues);

    float few = hessian.largestEigenvalue(3, 1);
    float more = hessian.largestEigenvalue(15, 1);

    assertThat(few).isLessThan(more);
    assertThat(more).isCloseTo(2.5f, within(2e-4f));
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    Hessian hessian = diagonal(3, 1, 4, 1, 5, 9, 2, 6);

    float once = hessian.largestEigenvalue(3, 5);

    assertThat(hessian.largestEigenvalue(3, 5)).isEqualTo(once);
    assertThat(hessian.largestEigenvalue(3, 6)).isNotEqualTo(once);
  }

  @Test
  void worksInARegionInWhichNothingIsRecorded() {
    Hessian hessian = diagonal(3, 1);

    assertThat(NoGradient.of(() -> hessian.largestEigenvalue(5, 1))).isCloseTo(3, within(1e-5f));
  }

  @Test
  void ofNanIsNan() {
    assertThat(diagonal(Float.NaN, 1).largestEigenvalue(5, 1)).isNaN();
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Hessian hessian = diagonal(1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> hessian.times(List.of(Tensor.scalar(1))))
        .withMessage("a vector of shapes [[]]; expected those of the parameters, [[2]]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hessian.times(List.of()))
        .withMessage("a vector of shapes []; expected those of the parameters, [[2]]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hessian.largestEigenvalue(0, 1))
        .withMessage("largest eigenvalue in 0 iterations; expected at least 1");
  }
}
