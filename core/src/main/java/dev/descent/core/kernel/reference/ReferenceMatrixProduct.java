package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.MatrixProduct;

/** The definition of the matrix product as three loops. */
public final class ReferenceMatrixProduct implements MatrixProduct {
  @Override
  public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        float sum = accumulate ? c.values()[c.index(i, j)] : 0f;
        for (int k = 0; k < a.columns(); k++) {
          sum = Math.fma(a.values()[a.index(i, k)], b.values()[b.index(k, j)], sum);
        }
        c.values()[c.index(i, j)] = sum;
      }
    }
  }
}
