package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How parameters are matrices, and what matrices are made of. */
class MatricesTest {
  @Test
  void slotsHaveShapesOfTheirOwn() {
    Shape tensor = Shape.of(2, 3, 4);
    assertThat(List.of(Extent.values()))
        .extracting(extent -> extent.shape(tensor))
        .containsExactly(tensor, Shape.of(2), Shape.of(12), Shape.of(2, 2), Shape.of(12, 12));
    assertThat(List.of(Extent.values()))
        .extracting(extent -> extent.shape(Shape.of(5)))
        .containsExactly(Shape.of(5), Shape.of(5), Shape.of(1), Shape.of(5, 5), Shape.of(1, 1));
    assertThat(List.of(Extent.values()))
        .extracting(extent -> extent.shape(Shape.SCALAR).size())
        .containsOnly(1);
  }

  @Test
  void coordinatesHaveTheNumbersOfTheirRowAndColumn() {
    assertThat(Extent.COORDINATES.index(7, 3)).isEqualTo(7);
    assertThat(Extent.ROWS.index(7, 3)).isEqualTo(2);
    assertThat(Extent.COLUMNS.index(7, 3)).isEqualTo(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> Extent.ROW_PAIRS.index(7, 3))
        .withMessage("ROW_PAIRS have no number for a coordinate; expected Whole.matrix(Slot)");
  }

  @ParameterizedTest
  @EnumSource
  void numbersAreAMatrix(Extent extent) {
    Shape parameter = Shape.of(2, 3);
    DoubleMatrix matrix = extent.matrix(parameter, new double[extent.shape(parameter).size()]);
    assertThat(List.of(matrix.rows(), matrix.columns()))
        .isEqualTo(
            switch (extent) {
              case COORDINATES -> List.of(2, 3);
              case ROWS -> List.of(2, 1);
              case COLUMNS -> List.of(1, 3);
              case ROW_PAIRS -> List.of(2, 2);
              case COLUMN_PAIRS -> List.of(3, 3);
            });
    assertThat(extent.checked(parameter, matrix)).isSameAs(matrix);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> extent.checked(parameter, DoubleMatrix.of(1, 5, new double[5])))
        .withMessageStartingWith("5 numbers; expected " + extent.shape(parameter));
  }

  @Test
  void productsAndMeans() {
    DoubleMatrix a = DoubleMatrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    assertThat(a.times(a.transposed()).toArray()).containsExactly(14, 32, 32, 77);
    assertThat(a.times(DoubleMatrix.identity(3)).toArray()).containsExactly(a.toArray());
    assertThat(a.plus(a.times(2)).toArray()).containsExactly(3, 6, 9, 12, 15, 18);
    assertThat(a.with(a, (x, y) -> x - y).toArray()).containsOnly(0);
    assertThat(a.rowMeans().toArray()).containsExactly(2, 5);
    assertThat(a.columnMeans().toArray()).containsExactly(2.5, 3.5, 4.5);
    assertThat(a.mean()).isEqualTo(3.5);
    assertThat(DoubleMatrix.of(1, 2, 3, 4).norm()).isEqualTo(5);
    assertThat(a.transposed().get(2, 1)).isEqualTo(6);
  }

  @Test
  void sizesThatDoNotFitAreErrors() {
    DoubleMatrix a = DoubleMatrix.of(2, 3, new double[6]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoubleMatrix.of(2, 3, 1, 2))
        .withMessage("2 numbers for a matrix of 2 by 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.times(a))
        .withMessage("2 by 3 times 2 by 3; expected as many columns as rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.plus(a.transposed()))
        .withMessage("2 by 3 and 3 by 2; expected the same");
  }
}
