package dev.descent.core.kernel;

/**
 * A step of recurrent cells, without the products: what comes after them going forward, and before
 * them going back. The cells of one sequence lie side by side; their gates one after another, each
 * {@code stride} elements behind the one before.
 */
public interface RecurrentCells {
  /**
   * A step of n LSTM cells: {@code c = f c' + i g} and {@code h = o tanh c} with {@code i, f, o} by
   * the sigmoid and {@code g} by tanh. The sum in c is one fused multiply-add: {@code fma(f, c', i
   * g)}.
   *
   * @param gates the sums of i, f, g and o, which the gates themselves take the place of
   * @param stride from the first element of a gate to that of the next
   * @param states where the states are
   * @param cellBefore the place of c'
   * @param cell the place of c
   * @param hidden the place of h
   */
  void lstm(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] states,
      int cellBefore,
      int cell,
      int hidden,
      int n);

  /**
   * The derivative of {@link #lstm}: with {@code t = tanh c} and {@code dc} the given one plus
   * {@code dh o (1 - t^2)}, the gradients of the sums of i, f, g and o are {@code dc g i (1 - i)},
   * {@code dc c' f (1 - f)}, {@code dc i (1 - g^2)} and {@code dh t o (1 - o)}; to the gradient
   * that c' has from elsewhere is added {@code dc f}.
   *
   * @param gates the gates i, f, g and o
   * @param stride from the first element of a gate to that of the next, also in dGates
   * @param states where the states are
   * @param gradient the gradients that states have from elsewhere
   * @param gradientBefore the place of that of c'
   * @param dState the gradients of the state after the step, and then that of c'
   * @param dCell the place of dc
   * @param dHidden the place of dh
   * @param dGates takes the gradients of the sums
   */
  void lstmGradient(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] states,
      int cellBefore,
      int cell,
      float[] gradient,
      int gradientBefore,
      float[] dState,
      int dCell,
      int dHidden,
      float[] dGates,
      int dGatesOffset,
      int n);

  /**
   * A step of n GRU cells: {@code h = n + z (h' - n)}, a fused multiply-add, with {@code r} and
   * {@code z} by the sigmoid of both sums added up and {@code n = tanh(a + r b)}, a fused
   * multiply-add of the third sums a of the inputs and b of the states.
   *
   * @param gates the inputs' sums of r, z and n, which the gates themselves take the place of
   * @param sums the states' sums of r, z and n, in the array of the gates
   * @param stride from the first element of a gate to that of the next
   * @param states where the states are
   * @param before the place of h'
   * @param after the place of h
   */
  void gru(
      float[] gates,
      int gatesOffset,
      int sums,
      int stride,
      float[] states,
      int before,
      int after,
      int n);

  /**
   * The derivative of {@link #gru}: the gradients of the inputs' sums of r, z and n are {@code s b
   * r (1 - r)}, {@code dh (h' - n) z (1 - z)} and {@code s = dh (1 - z) (1 - n^2)}, those of the
   * states' sums the same but for the third, {@code s r}; to the gradient that h' has from
   * elsewhere is added {@code dh z}.
   *
   * @param gates the gates r, z and n, and as {@link #gru} has them the states' sums
   * @param sums the place of the states' sums
   * @param stride from the first element of a gate to that of the next, also in dGates
   * @param states where the states are
   * @param before the place of h'
   * @param gradient the gradients that states have from elsewhere
   * @param gradientBefore the place of that of h'
   * @param dState the gradient of the state after the step, and then that of h'
   * @param dStateOffset the place of both
   * @param dGates takes the gradients of the inputs' sums
   * @param dSums the place in dGates for the gradients of the states' sums
   */
  void gruGradient(
      float[] gates,
      int gatesOffset,
      int sums,
      int stride,
      float[] states,
      int before,
      float[] gradient,
      int gradientBefore,
      float[] dState,
      int dStateOffset,
      float[] dGates,
      int dGatesOffset,
      int dSums,
      int n);
}
