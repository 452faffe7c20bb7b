package dev.descent.nn.layer;

import dev.descent.core.op.Slice;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recurrent layers one on top of another made of a batch of sequences.
 *
 * @param states of each layer {@code [kinds, time + 1, batch, hidden]}, the hidden states first
 * @param lengths how many steps of each sequence count; null for all
 */
record RecurrentRun(List<Tensor> states, @Nullable Indices lengths) {
  /** One layer of cells. */
  interface Cells {
    /**
     * All states.
     *
     * @param input {@code [time, batch, in]}
     * @param layer the layer's number, from 0
     * @return {@code [kinds, time + 1, batch, hidden]}
     */
    Tensor states(Tensor input, RecurrentWeights weights, int layer);
  }

  /**
   * Runs all layers; the hidden states of each are the input of the next.
   *
   * @param name of the cells, for messages
   * @param input {@code [batch, time, in]}
   * @param lengths how many steps of each sequence count; null for all
   * @param dropout of what goes from layer to layer
   * @throws ShapeException if the input does not fit
   * @throws IllegalArgumentException if a length is not from 0 to time
   */
  static RecurrentRun of(
      String name,
      Tensor input,
      @Nullable Indices lengths,
      List<RecurrentWeights> layers,
      Dropout dropout,
      Pass pass,
      Cells cells) {
    Shape weight = layers.getFirst().weightInput().shape();
    if (input.shape().rank() != 3 || input.shape().length(2) != weight.length(1)) {
      throw new ShapeException(
          name, input.shape(), weight, "expected [batch, time, in] and a weight [..., in]");
    }
    if (lengths != null) {
      checkLengths(name, input.shape(), lengths);
    }
    List<Tensor> states = new ArrayList<>();
    Tensor sequence = input.permute(1, 0, 2);
    for (int i = 0; i < layers.size(); i++) {
      if (i > 0) {
        sequence = dropout.forward(hidden(states.getLast()), pass.inner("l" + (i - 1)));
      }
      states.add(cells.states(sequence, layers.get(i), i));
    }
    return new RecurrentRun(states, lengths);
  }

  private static void checkLengths(String name, Shape input, Indices lengths) {
    if (lengths.length() != input.length(0)) {
      throw new ShapeException(
          name, input, Shape.of(lengths.length()), "expected a length for each sequence");
    }
    for (int i = 0; i < lengths.length(); i++) {
      if (lengths.get(i) < 0 || lengths.get(i) > input.length(1)) {
        throw new IllegalArgumentException(
            "%s: length %d of sequence %d; expected 0 to %d"
                .formatted(name, lengths.get(i), i, input.length(1)));
      }
    }
  }

  /**
   * The hidden states of the last layer after each step, {@code [batch, time, hidden]}; zeros after
   * the end of a sequence.
   */
  Tensor sequence() {
    Tensor sequence = hidden(states.getLast()).permute(1, 0, 2);
    if (lengths == null) {
      return sequence;
    }
    int time = sequence.shape().length(1);
    Tensor counts = Tensor.zeros(sequence.shape().with(2, 1));
    for (int i = 0; i < lengths.length(); i++) {
      Arrays.fill(counts.array(), i * time, i * time + lengths.get(i), 1);
    }
    return sequence.where(counts, Tensor.zeros(Shape.of()));
  }

  /** The hidden state of the last layer after the last step, {@code [batch, hidden]}. */
  Tensor last() {
    return last(states.getLast(), 0);
  }

  /** One kind of state of all layers after the last step, {@code [layers, batch, hidden]}. */
  Tensor last(int kind) {
    return Tensor.stack(states.stream().map(layer -> last(layer, kind)).toArray(Tensor[]::new));
  }

  private static Tensor hidden(Tensor states) {
    Shape shape = states.shape();
    Shape steps = shape.with(0, 1).with(1, shape.length(1) - 1);
    return new Slice(states, Indices.of(0, 1, 0, 0), steps).evaluate().reshape(steps.without(0));
  }

  private Tensor last(Tensor states, int kind) {
    Shape shape = states.shape();
    int steps = shape.length(1);
    if (lengths == null) {
      Indices from = Indices.of(kind, steps - 1, 0, 0);
      Shape one = shape.with(0, 1).with(1, 1);
      return new Slice(states, from, one).evaluate().reshape(one.without(0).without(0));
    }
    int batch = shape.length(2);
    int[] rows = new int[batch];
    for (int i = 0; i < batch; i++) {
      rows[i] = (kind * steps + lengths.get(i)) * batch + i;
    }
    return states.reshape(shape.length(0) * steps * batch, shape.length(3)).gatherRows(rows);
  }

  /**
   * The initial state of one layer, {@code [batch, hidden]}: zeros unless there is one.
   *
   * @param initial {@code [layers, batch, hidden]}, or null
   * @throws ShapeException if it has another shape
   */
  static Tensor initial(
      String name, @Nullable Tensor initial, Tensor input, List<RecurrentWeights> layers, int i) {
    int hidden = layers.getFirst().hidden();
    Shape all = Shape.of(layers.size(), input.shape().length(1), hidden);
    if (initial == null) {
      return Tensor.zeros(all.without(0));
    }
    if (!initial.shape().equals(all)) {
      throw new ShapeException(name, initial.shape(), "expected an initial state of " + all);
    }
    return initial.slice(0, i, i + 1).reshape(all.without(0));
  }
}
