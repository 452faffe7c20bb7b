package dev.descent.core.kernel;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Steps of a recurrent layer's run over sequences, and where what belongs to them lies.
 *
 * @param time the number of steps of the whole run
 * @param batch the number of sequences
 * @param hidden the number of cells
 * @param gates the number of gates of a cell
 * @param first the first step
 * @param last the step before which it ends
 */
public record RecurrentSteps(int time, int batch, int hidden, int gates, int first, int last) {
  /** Gates that stay in the nearer caches: a megabyte. */
  private static final int NEAR = 1 << 18;

  /** The whole run in parts, first to last, of so many steps as stay in the nearer caches. */
  public static Stream<RecurrentSteps> parts(int time, int batch, int hidden, int gates) {
    int length = Math.max(1, NEAR / Math.max(1, batch * hidden * gates));
    return IntStream.range(0, Math.ceilDiv(time, length))
        .mapToObj(part ->
            new RecurrentSteps(
                time, batch, hidden, gates, part * length, Math.min(time, (part + 1) * length)));
  }

  /** The number of sums that each of these steps' gates is made of: a row for each sequence. */
  public int rows() {
    return (last - first) * batch;
  }

  /** The elements of a sequence's gates at a step. */
  public int width() {
    return gates * hidden;
  }

  /** The elements of the gates of these steps. */
  public int someGates() {
    return rows() * width();
  }

  /** The elements of the gates of the whole run. */
  public int allGates() {
    return time * batch * width();
  }

  /** The elements of all hidden states. */
  public int states() {
    return (time + 1) * batch * hidden;
  }

  /** Where a sequence's state before a step begins. */
  public int stateIndex(int step, int sequence) {
    return (step * batch + sequence) * hidden;
  }

  /** The states before a step, a row for each sequence. */
  public Matrix state(Slice states, int step) {
    int at = states.offset() + stateIndex(step, 0);
    return Matrix.rowMajor(states.values(), at, batch, hidden);
  }

  /** The gates of a step, a row for each sequence. */
  public Matrix sums(Slice gates, int step) {
    int at = gates.offset() + step * batch * width();
    return Matrix.rowMajor(gates.values(), at, batch, width());
  }
}
