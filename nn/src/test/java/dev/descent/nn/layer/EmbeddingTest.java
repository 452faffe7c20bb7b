package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Sgd;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
  private final RandomStream random = RandomStream.of(1, "test");

  @Test
  void looksUpTheRowsOfWholeNumbers() {
    Embedding table = new Embedding(Parameter.of(Shape.of(3, 2), 0, 1, 2, 3, 4, 5), null);

    Tensor rows = table.forward(Tensor.of(Shape.of(2, 1), 2, 0));

    assertThat(rows.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(rows.toArray()).containsExactly(4, 5, 0, 1);
    assertThat(table.forward(Tensor.zeros(Shape.of(0, 5))).shape()).isEqualTo(Shape.of(0, 5, 2));
    assertThat(table.forward(Tensor.scalar(1)).toArray()).containsExactly(2, 3);
  }

  @Test
  void startsFromTheNormalDistribution() {
    Tensor weight = Embedding.of(100, 100, random).weight();

    assertThat(weight.mean().item()).isBetween(-.05f, .05f);
    assertThat(weight.variance().item()).isBetween(.95f, 1.05f);
  }

  @Test
  void byRowsTheGradientIsOneOfTheUsedRowsWithoutThePadding() {
    Embedding table = Embedding.of(5, 2, random).withPadding(1).byRows();

    table.lookUp(Indices.of(3, 1, 0, 3)).sum().backward();

    assertThat(table.weight().rowGradient().rows()).isEqualTo(Indices.of(3, 0));
    assertThat(table.weight().gradient().toArray()).containsExactly(1, 1, 0, 0, 0, 0, 2, 2, 0, 0);
  }

  @Test
  void anOptimizerLeavesThePaddingAsItIs() {
    for (boolean byRows : new boolean[] {false, true}) {
      Embedding table = Embedding.of(5, 2, random).withPadding(1);
      if (byRows) {
        table.byRows();
      }
      Optimizer optimizer = new Optimizer(table.parameters(), new Sgd(), 1);
      float before = table.weight().get(3, 0);

      table.forward(Tensor.of(Shape.of(2), 3, 1)).sum().backward();
      optimizer.step();

      assertThat(table.weight().get(3, 0)).isEqualTo(before - 1);
      assertThat(table.lookUp(Indices.of(1)).toArray()).containsExactly(0, 0);
    }
  }

  @Test
  void onlyPaddingHasNoGradientButIsNoError() {
    Embedding table = Embedding.of(3, 2, random).withPadding(0);

    table.lookUp(Indices.of(0, 0)).plus(table.lookUp(Indices.of(1, 1))).sum().backward();

    assertThat(table.weight().gradient().toArray()).containsExactly(0, 0, 2, 2, 0, 0);
  }

  @Test
  void refusesWhatIsNoRow() {
    Embedding table = Embedding.of(3, 2, random);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.forward(Tensor.of(Shape.of(3), 1, 2, 1.5f)))
        .withMessage("embedding: number 1.5 at 2; expected whole numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.forward(Tensor.of(Shape.of(1), Float.NaN)))
        .withMessage("embedding: number NaN at 0; expected whole numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.forward(Tensor.of(Shape.of(2), 0, 3)))
        .withMessage("embedding: number 3; expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.withPadding(-1))
        .withMessage("embedding: padding index -1; expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Embedding.of(0, 2, random))
        .withMessage("an embedding of 0 rows of 2; expected at least 1 of each");
  }

  @Test
  void positionsAreAddedToWhatIsThere() {
    PositionalEmbedding positions =
        new PositionalEmbedding(Parameter.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    Tensor input = Tensor.of(Shape.of(2, 2, 2), 0, 0, 0, 0, 10, 10, 10, 10);

    Tensor output = positions.forward(input);
    output.sum().backward();

    assertThat(output.toArray()).containsExactly(1, 2, 3, 4, 11, 12, 13, 14);
    assertThat(positions.weight().gradient().toArray()).containsExactly(2, 2, 2, 2, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> positions.forward(Tensor.zeros(Shape.of(1, 4, 2))))
        .withMessage(
            "positionalEmbedding of [1, 4, 2] and [3, 2]: expected [batch, at most as many,"
                + " features]");
  }

  @Test
  void sinusoidsAreThoseOfThePaper() {
    Tensor weight = PositionalEmbedding.sinusoidal(4, 6).weight();

    assertThat(weight.requiresGradient()).isFalse();
    assertThat(weight.get(0, 2)).isZero();
    assertThat(weight.get(0, 3)).isEqualTo(1);
    assertThat(weight.get(3, 0)).isEqualTo((float) Math.sin(3));
    assertThat(weight.get(3, 4)).isEqualTo((float) Math.sin(3 / Math.pow(10_000, 4 / 6.)));
    assertThat(weight.get(2, 3)).isEqualTo((float) Math.cos(2 / Math.pow(10_000, 2 / 6.)));
  }
}
