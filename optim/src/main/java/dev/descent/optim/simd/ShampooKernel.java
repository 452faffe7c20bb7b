package dev.descent.optim.simd;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Preparation;
import dev.descent.optim.rule.Shampoo;

/**
 * The loops of {@link Shampoo}: matrix products before the parameter moves, and then one pass over
 * it. The roots are those of the specification, in double: float32 loses small eigenvalues.
 */
public record ShampooKernel(Shampoo rule) implements WholeKernel {
  @Override
  public void prepare(Preparation whole) {
    int rows = Extent.rows(whole.shape());
    int columns = Extent.columns(whole.shape());
    float[][] state = whole.state();
    Matrix g = Matrix.rowMajor(whole.gradients(), whole.gradientOffset(), rows, columns);
    Kernels.multiply(g, g.transposed(), Matrix.rowMajor(state[0], 0, rows, rows), true);
    Kernels.multiply(g.transposed(), g, Matrix.rowMajor(state[1], 0, columns, columns), true);
    rule.prepareRoots(whole);
    Matrix p = Matrix.rowMajor(state[2], 0, rows, rows);
    Matrix q = Matrix.rowMajor(state[3], 0, columns, columns);
    Matrix product = Matrix.rowMajor(whole.room(0, rows * columns), 0, rows, columns);
    Kernels.multiply(p, g, product, false);
    Kernels.multiply(product, q, Matrix.rowMajor(state[4], 0, rows, columns), false);
  }

  @Override
  public void update(Preparation whole, int from, int to) {
    float[] ps = whole.values();
    int pAt = whole.valueOffset();
    float[] os = whole.state()[4];
    float rate = (float) (-whole.learningRate() * whole.numbers()[0]);
    for (int i = from; i < to; i++) {
      ps[pAt + i] += rate * os[i];
    }
  }
}
