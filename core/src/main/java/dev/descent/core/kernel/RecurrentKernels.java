package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceRecurrentCells;
import dev.descent.core.kernel.simd.SimdRecurrentCells;

/**
 * What recurrent operations call, as others call {@link Kernels}: some steps of a run, forward or
 * back. Sequences have nothing to do with each other, so threads split the batch and go through the
 * steps without waiting.
 *
 * <p>States lie step after step, {@code [time + 1, batch, hidden]}, the initial one first; an LSTM
 * has the hidden states and behind them the cells. Gates lie step after step, {@code [time, batch,
 * gates hidden]}; a GRU has two such arrays, one behind the other. The gradients of the gates' sums
 * lie as the gates do, those of the steps that are gone through and no others.
 *
 * <p>A step's products are chains of fused multiply-adds over k in ascending order, as {@link
 * MatrixProduct} says. Forward, a chain starts from what is there of the gate's sum; back, from
 * what is there of the state's gradient.
 */
public final class RecurrentKernels {
  /** Multiplications that make sequences worth a thread of their own. */
  private static final long SHARED_WORK = 1 << 19;

  /** The batch is cut at multiples of this: what tiles of a product like. */
  private static final int BATCH_GRAIN = 8;

  private static final RecurrentCells CELLS =
      Machine.usesSimd() ? new SimdRecurrentCells() : new ReferenceRecurrentCells();

  private RecurrentKernels() {}

  /**
   * Steps of an LSTM.
   *
   * @param weight of the states, transposed: {@code [hidden, 4 hidden]}
   * @param gates what inputs and biases add to the gates' sums; the gates take their place
   * @param states the states before the first of the steps; takes those after each
   */
  public static void lstm(RecurrentSteps steps, Matrix weight, Slice gates, Slice states) {
    int n = steps.hidden();
    forSequences(
        steps,
        weight,
        (from, to) -> {
          for (int step = steps.first(); step < steps.last(); step++) {
            Matrix sums = steps.sums(gates, step).rows(from, to);
            Kernels.multiply(steps.state(states, step).rows(from, to), weight, sums, true);
            for (int sequence = from; sequence < to; sequence++) {
              int before = states.offset() + steps.stateIndex(step, sequence);
              int after = states.offset() + steps.stateIndex(step + 1, sequence);
              CELLS.lstm(
                  gates.values(),
                  sums.index(sequence - from, 0),
                  n,
                  states.values(),
                  before + steps.states(),
                  after + steps.states(),
                  after,
                  n);
            }
          }
        });
  }

  /**
   * The way back through steps of an LSTM.
   *
   * @param weight of the states, {@code [4 hidden, hidden]}
   * @param gates the gates, and {@code states} the states, as {@link #lstm} left them
   * @param gradient the gradients that the states have from what used them, each at its state's
   *     place
   * @param dState the gradients of hidden states and cells after the last of the steps, {@code [2,
   *     batch, hidden]}; takes those before the first
   * @param dGates takes the gradients of the gates' sums
   */
  public static void lstmGradient(
      RecurrentSteps steps,
      Matrix weight,
      Slice gates,
      Slice states,
      Slice gradient,
      float[] dState,
      float[] dGates) {
    int n = steps.hidden();
    Matrix dHidden = Matrix.rowMajor(dState, 0, steps.batch(), n);
    forSequences(
        steps,
        weight,
        (from, to) -> {
          for (int step = steps.last() - 1; step >= steps.first(); step--) {
            Matrix sums = steps.sums(gates, step);
            Matrix dSums = steps.sums(new Slice(dGates, 0), step - steps.first());
            for (int sequence = from; sequence < to; sequence++) {
              int before = steps.stateIndex(step, sequence) + steps.states();
              int after = steps.stateIndex(step + 1, sequence) + steps.states();
              CELLS.lstmGradient(
                  gates.values(),
                  sums.index(sequence, 0),
                  n,
                  states.values(),
                  states.offset() + before,
                  states.offset() + after,
                  gradient.values(),
                  gradient.offset() + before,
                  dState,
                  (steps.batch() + sequence) * n,
                  sequence * n,
                  dGates,
                  dSums.index(sequence, 0),
                  n);
            }
            System.arraycopy(
                gradient.values(),
                gradient.offset() + steps.stateIndex(step, from),
                dState,
                from * n,
                (to - from) * n);
            Kernels.multiply(dSums.rows(from, to), weight, dHidden.rows(from, to), true);
          }
        });
  }

  /**
   * Steps of a GRU.
   *
   * @param weight of the states, transposed: {@code [hidden, 3 hidden]}
   * @param gates what inputs and their bias add to the gates' sums, and the bias of the states'
   *     sums; the gates and the states' sums take their place
   * @param states the state before the first of the steps; takes those after each
   */
  public static void gru(RecurrentSteps steps, Matrix weight, Slice gates, Slice states) {
    int n = steps.hidden();
    Slice right = new Slice(gates.values(), gates.offset() + steps.allGates());
    forSequences(
        steps,
        weight,
        (from, to) -> {
          for (int step = steps.first(); step < steps.last(); step++) {
            Matrix sums = steps.sums(right, step).rows(from, to);
            Kernels.multiply(steps.state(states, step).rows(from, to), weight, sums, true);
            for (int sequence = from; sequence < to; sequence++) {
              int place = sums.index(sequence - from, 0);
              CELLS.gru(
                  gates.values(),
                  place - steps.allGates(),
                  place,
                  n,
                  states.values(),
                  states.offset() + steps.stateIndex(step, sequence),
                  states.offset() + steps.stateIndex(step + 1, sequence),
                  n);
            }
          }
        });
  }

  /**
   * The way back through steps of a GRU.
   *
   * @param weight of the states, {@code [3 hidden, hidden]}
   * @param gates the gates, and {@code states} the states, as {@link #gru} left them
   * @param gradient the gradients that the states have from what used them, each at its state's
   *     place
   * @param dState the gradient of the state after the last of the steps, {@code [batch, hidden]};
   *     takes that before the first
   * @param dGates takes the gradients of the inputs' sums, and behind them those of the states'
   *     sums
   */
  public static void gruGradient(
      RecurrentSteps steps,
      Matrix weight,
      Slice gates,
      Slice states,
      Slice gradient,
      float[] dState,
      float[] dGates) {
    int n = steps.hidden();
    Matrix dHidden = Matrix.rowMajor(dState, 0, steps.batch(), n);
    Slice right = new Slice(dGates, steps.someGates());
    forSequences(
        steps,
        weight,
        (from, to) -> {
          for (int step = steps.last() - 1; step >= steps.first(); step--) {
            Matrix sums = steps.sums(gates, step);
            Matrix dSums = steps.sums(right, step - steps.first());
            for (int sequence = from; sequence < to; sequence++) {
              int place = sums.index(sequence, 0);
              int dPlace = dSums.index(sequence, 0);
              int before = steps.stateIndex(step, sequence);
              CELLS.gruGradient(
                  gates.values(),
                  place,
                  place + steps.allGates(),
                  n,
                  states.values(),
                  states.offset() + before,
                  gradient.values(),
                  gradient.offset() + before,
                  dState,
                  sequence * n,
                  dGates,
                  dPlace - steps.someGates(),
                  dPlace,
                  n);
            }
            Kernels.multiply(dSums.rows(from, to), weight, dHidden.rows(from, to), true);
          }
        });
  }

  private static void forSequences(RecurrentSteps steps, Matrix weight, Parallel.Body body) {
    long each = (long) (steps.last() - steps.first()) * weight.rows() * weight.columns();
    long grain = Math.max(BATCH_GRAIN, Math.ceilDiv(SHARED_WORK, Math.max(1, each)));
    Parallel.forRange(steps.batch(), (int) Math.min(Integer.MAX_VALUE, grain), body);
  }
}
