package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent units, {@code [batch, time, in] -> [batch, time, hidden]}: the hidden state after
 * each step, or {@link #lastOnly() only that after the last}. Layers of {@link
 * dev.descent.core.op.Gru} with parameters, each applied to the hidden states of the one before;
 * PyTorch's {@code GRU(batch_first=True)}.
 *
 * <pre>{@code
 * Gru gru = Gru.of(28, 128, random);
 * Tensor sequence = gru.forward(rows, pass);                       // [batch, 28, 128]
 * Layer reader = Sequential.of(gru.lastOnly(), Linear.of(128, 10, random));
 * Gru.Result result = gru.run(rows, null, pass);                  // with the state to go on from
 * }</pre>
 *
 * @param layers the parameters of each layer, at least one: rows of the gates r, z and n
 * @param dropout of what goes from layer to layer
 * @param isLastOnly whether the output is the hidden state after the last step
 */
public record Gru(List<RecurrentWeights> layers, Dropout dropout, boolean isLastOnly)
    implements Layer {
  private static final int GATES = 3;

  /**
   * What a run gives.
   *
   * @param sequence the last layer's hidden state after each step, {@code [batch, time, hidden]}
   * @param last the state of each layer after the last step, {@code [layers, batch, hidden]}
   */
  public record Result(Tensor sequence, Tensor last) {}

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Gru {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a gru without layers; expected at least one");
    }
  }

  /**
   * One layer, initialised as PyTorch does: uniform in {@code ±1 / sqrt(hidden)}.
   *
   * @param in the number of features of a step, at least 1
   * @param hidden the number of cells, at least 1
   * @param random where the initial weights come from; drawn on, so that each layer made with the
   *     same stream starts differently
   */
  public static Gru of(int in, int hidden, RandomStream random) {
    return of(in, hidden, 1, 0, random);
  }

  /**
   * Several layers, initialised as PyTorch does.
   *
   * @param in the number of features of a step, at least 1
   * @param hidden the number of cells of each layer, at least 1
   * @param layers the number of layers, at least 1
   * @param dropout how likely an element is dropped on its way from layer to layer
   * @param random where the initial weights come from
   * @throws IllegalArgumentException if a number is outside its range
   */
  public static Gru of(int in, int hidden, int layers, double dropout, RandomStream random) {
    return new Gru(
        RecurrentWeights.of("gru", GATES, in, hidden, layers, random), new Dropout(dropout), false);
  }

  /** The same layers with the same weights; {@code [batch, time, in] -> [batch, hidden]}. */
  public Gru lastOnly() {
    return new Gru(layers, dropout, true);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    RecurrentRun run = states(input, null, null, pass);
    return isLastOnly ? run.last() : run.sequence();
  }

  /**
   * Goes on from a state.
   *
   * @param input {@code [batch, time, in]}
   * @param initial the state to start from, {@code [layers, batch, hidden]}; null for zeros
   * @param pass whether this is training, and where chance comes from
   * @throws dev.descent.core.tensor.ShapeException if input or state do not fit
   */
  public Result run(Tensor input, @Nullable Tensor initial, Pass pass) {
    return result(states(input, null, initial, pass));
  }

  /**
   * Reads sequences of several lengths, each filled up at its end with any finite numbers, which
   * have no influence. PyTorch packs such sequences, with {@code enforce_sorted=False}.
   *
   * @param input {@code [batch, time, in]}
   * @param lengths how many steps of each sequence count, from 0 to time
   * @param initial the state to start from, {@code [layers, batch, hidden]}; null for zeros
   * @param pass whether this is training, and where chance comes from
   * @return the last state of each sequence is that after its own end; hidden states after the end
   *     are zeros
   * @throws dev.descent.core.tensor.ShapeException if input, lengths or state do not fit
   * @throws IllegalArgumentException if a length is not in its range
   */
  public Result run(Tensor input, Indices lengths, @Nullable Tensor initial, Pass pass) {
    return result(states(input, lengths, initial, pass));
  }

  private static Result result(RecurrentRun run) {
    return new Result(run.sequence(), run.last(0));
  }

  private RecurrentRun states(
      Tensor input, @Nullable Indices lengths, @Nullable Tensor initial, Pass pass) {
    RecurrentRun.Cells cells =
        (sequence, weights, i) -> {
          Tensor states =
              new dev.descent.core.op.Gru(
                      sequence,
                      weights.weightInput(),
                      weights.weightHidden(),
                      weights.biasInput(),
                      weights.biasHidden(),
                      RecurrentRun.initial("gru", initial, sequence, layers, i))
                  .evaluate();
          return states.reshape(states.shape().prepend(1));
        };
    return RecurrentRun.of("gru", input, lengths, layers, dropout, pass, cells);
  }

  @Override
  public Parts parts() {
    return RecurrentWeights.parts(layers);
  }
}
