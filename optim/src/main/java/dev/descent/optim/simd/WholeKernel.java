package dev.descent.optim.simd;

import dev.descent.optim.Preparation;
import dev.descent.optim.UpdateKernel;

/**
 * A kernel that must know of rows and columns. Its loops are plain ones, each iteration apart from
 * the others: the compiler makes vectors of them, and Java's arithmetic gives the same bits then.
 */
interface WholeKernel extends UpdateKernel {
  @Override
  default void update(
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[][] slots,
      int slotOffset,
      int length,
      double learningRate,
      long step,
      double... common) {
    throw new IllegalStateException("no rows and columns; expected a parameter that is prepared");
  }

  @Override
  void prepare(Preparation whole);

  @Override
  void update(Preparation whole, int from, int to);
}
