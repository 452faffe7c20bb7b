package dev.descent.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.autodiff.Backward;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowGradientTest {
  private final Parameter table = Parameter.of(Shape.of(5, 2), new float[10]).byRows();

  @Test
  void usedRowsAreThereOnceInTheOrderOfUse() {
    table.gatherRows(3, 1, 3).times(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6)).sum().backward();
    RowGradient gradient = table.rowGradient();
    assertThat(gradient.count()).isEqualTo(2);
    assertThat(gradient.rowSize()).isEqualTo(2);
    assertThat(gradient.shape()).isEqualTo(Shape.of(5, 2));
    assertThat(gradient.rows()).isEqualTo(Indices.of(3, 1));
    assertThat(List.of(gradient.row(0), gradient.row(1))).containsExactly(3, 1);
    assertThat(gradient.values().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(gradient.values().toArray()).containsExactly(6, 8, 3, 4);
    assertThat(table.gradient().toArray()).containsExactly(0, 0, 3, 4, 0, 0, 6, 8, 0, 0);
  }

  @Test
  void clearingForgetsTheRows() {
    table.gatherRows(3, 1).sum().backward();
    table.clearGradient();
    assertThat(table.rowGradient()).isNull();
    assertThat(table.gradient()).isNull();
    table.gatherRows(1).sum().backward();
    assertThat(table.rowGradient().rows()).isEqualTo(Indices.of(1));
    assertThat(table.rowGradient().values().toArray()).containsExactly(1, 1);
    table.trainable(false);
    assertThat(table.rowGradient()).isNull();
  }

  /** Several passes, several uses in a pass, rows many times: always the bits of all rows. */
  @Test
  void sumsHaveTheBitsOfTheGradientOfAllRows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      int rows = random.nextInt(1, 60);
      int columns = random.nextInt(4);
      Parameter some = Parameter.of(Tensor.zeros(Shape.of(rows, columns, 2))).byRows();
      Parameter all = Parameter.of(Tensor.zeros(Shape.of(rows, columns, 2)));
      for (int pass = 0; pass < 3; pass++) {
        int[] indices = random.ints(random.nextInt(40), 0, rows).toArray();
        float[] weights = new float[indices.length * columns * 2];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = random.nextInt(5) == 0 ? -0f : (float) random.nextDouble(-1, 1);
        }
        for (Parameter table : List.of(some, all)) {
          Tensor found = table.gatherRows(indices);
          Tensor again = table.gatherRows(indices).times(0.1f);
          found.plus(again).times(Tensor.of(found.shape(), weights)).sum().backward();
        }
        float[] expected = all.gradient().toArray();
        float[] actual = some.gradient().toArray();
        for (int i = 0; i < expected.length; i++) {
          assertThat(Float.floatToRawIntBits(actual[i]))
              .isEqualTo(Float.floatToRawIntBits(expected[i]));
        }
      }
      if (random.nextBoolean()) {
        some.clearGradient();
        all.clearGradient();
      }
    }
  }

  /** Gradients that are asked for by themselves are of all rows, as ever. */
  @Test
  void gradientsAskedForAreOfAllRows() {
    Tensor loss = table.gatherRows(2).square().sum();
    assertThat(Backward.gradients(loss, List.of(table), false).getFirst().shape())
        .isEqualTo(Shape.of(5, 2));
    assertThat(table.rowGradient()).isNull();
  }

  @Test
  void anotherUseThanGatherRowsIsAnError() {
    assertThatIllegalStateException()
        .isThrownBy(() -> table.sum().backward())
        .withMessage(
            "a parameter of shape [5, 2] has its gradient by rows, but is used in another way than"
                + " by gatherRows: BroadcastTo gives all rows");
  }

  @Test
  void aVectorHasNoRows() {
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Parameter.of(Shape.of(3), 1, 2, 3).byRows())
        .withMessageContaining("expected a table [rows, ...]");
    assertThat(Parameter.of(Shape.of(3), 1, 2, 3).isByRows()).isFalse();
    assertThat(table.isByRows()).isTrue();
  }
}
