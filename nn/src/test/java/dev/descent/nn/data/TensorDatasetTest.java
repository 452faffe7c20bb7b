package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.core.tensor.Windows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TensorDatasetTest {
  /** Inputs (i, i), targets 10 i. */
  private static TensorDataset numbered(int size) {
    float[] inputs = new float[2 * size];
    float[] targets = new float[size];
    for (int i = 0; i < size; i++) {
      inputs[2 * i] = i;
      inputs[2 * i + 1] = i;
      targets[i] = 10 * i;
    }
    return new TensorDataset(
        Windows.padded(Tensor.of(Shape.of(size, 2), inputs), 3),
        Windows.padded(Tensor.of(Shape.of(size), targets), 5));
  }

  @Test
  void choosesInputsAndTargetsAlike() {
    TensorDataset some = numbered(5).subset(3, 0, 3);

    assertThat(some.size()).isEqualTo(3);
    assertThat(some.inputs().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(some.inputs().toArray()).containsExactly(3, 3, 0, 0, 3, 3);
    assertThat(some.targets().toArray()).containsExactly(30, 0, 30);
    assertThatThrownBy(() -> numbered(5).subset(5)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rangeSharesTheElements() {
    TensorDataset all = numbered(5);
    TensorDataset some = all.range(1, 4);

    assertThat(some.inputs().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(some.inputs().toArray()).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(some.targets().toArray()).containsExactly(10, 20, 30);
    assertThat(some.inputs().array()).isSameAs(all.inputs().array());
    assertThat(some.targets().array()).isSameAs(all.targets().array());
    assertThat(all.range(2, 2).size()).isZero();
    assertThatThrownBy(() -> all.range(1, 6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** What a data set need not write itself. */
  @Test
  void rangeIsASubsetUnlessItIsOverridden() {
    record Own(Tensor inputs) implements Examples<Tensor> {
      @Override
      public Tensor targets() {
        return inputs;
      }

      @Override
      public Own subset(int... indices) {
        return new Own(TensorDataset.rows(inputs, indices));
      }
    }

    Own all = new Own(numbered(5).inputs());

    assertThat(all.range(3, 5).inputs().toArray()).containsExactly(3, 3, 4, 4);
    assertThatThrownBy(() -> all.range(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void isLoadedInBatches() {
    float[] seen = new float[5];
    int at = 0;
    for (Batch<Tensor> batch : DataLoader.shuffled(numbered(5), 2, 1).epoch(1)) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.targets().get(i)).isEqualTo(10 * batch.inputs().get(i, 1));
        seen[at++] = batch.inputs().get(i, 0);
      }
    }

    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  /** The same seed holds out the same examples, whatever the targets. */
  @Test
  void holdsOutTheSameExamplesAsADatasetOfLabels() {
    Split<TensorDataset> split = numbered(20).split(6, 7);
    Dataset labelled =
        new Dataset(
            Tensor.zeros(Shape.of(20, 1)), Indices.of(IntStream.range(0, 20).toArray()), 20);
    int[] heldOut = labelled.split(6, 7).validation().labels().toArray();

    assertThat(split.training().size()).isEqualTo(14);
    for (int i = 0; i < 6; i++) {
      assertThat(split.validation().targets().get(i)).isEqualTo(10 * heldOut[i]);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbered(20).split(21, 7))
        .withMessage("validationSize is 21; expected 0 to 20");
  }

  @Test
  void needsATargetForEachInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TensorDataset(Tensor.zeros(Shape.of(3, 2)), Tensor.zeros(Shape.of(2))))
        .isInstanceOf(ShapeException.class)
        .withMessage("tensorDataset of [3, 2] and [2]: expected [size, ...] of both");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorDataset(Tensor.scalar(1), Tensor.scalar(1)))
        .withMessage("tensorDataset of [] and []: expected [size, ...] of both");
    assertThat(numbered(2)).hasToString("TensorDataset[inputs=[2, 2], targets=[2]]");
  }
}
