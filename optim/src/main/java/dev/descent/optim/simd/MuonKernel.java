package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.rest;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.optim.Coordinate;
import dev.descent.optim.Extent;
import dev.descent.optim.Preparation;
import dev.descent.optim.rule.Muon;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of {@link Muon}: the direction from matrix products before the parameter moves, which
 * are most of the work, and then one pass over it.
 */
public record MuonKernel(double momentum, double weightDecay, double epsilon, long iterations)
    implements CommonKernel {
  @Override
  public void prepare(Preparation whole) {
    int rows = Extent.rows(whole.shape());
    int columns = Extent.columns(whole.shape());
    whole.numbers()[0] = Math.sqrt(Math.max(1, (double) rows / columns));
    float[] o = whole.state()[1];
    double norm = Math.sqrt(average(whole, whole.state()[0], o));
    float factor = (float) Math.min(Float.MAX_VALUE, Coordinate.ratio(1, Math.max(norm, epsilon)));
    for (int i = 0; i < o.length; i++) {
      o[i] *= factor;
    }
    orthogonalise(whole, o, rows, columns);
  }

  /** Sets m, and u in the place of o; gives the square of u's norm. */
  private double average(Preparation whole, float[] m, float[] u) {
    float[] g = whole.gradients();
    int gAt = whole.gradientOffset();
    double sum = 0;
    for (int i = 0; i < m.length; i++) {
      double x = g[gAt + i];
      double average = x + momentum * (m[i] - x);
      m[i] = (float) average;
      u[i] = (float) (x + momentum * (average - x));
      sum += (double) u[i] * u[i];
    }
    return sum;
  }

  /** The polynomial of the matrix in x, again and again. */
  private void orthogonalise(Preparation whole, float[] x, int rows, int columns) {
    int n = Math.min(rows, columns);
    float[] a = whole.room(0, n * n);
    float[] b = whole.room(1, n * n);
    float[] product = whole.room(2, x.length);
    Matrix wideX = wide(x, rows, columns);
    Matrix wideProduct = wide(product, rows, columns);
    Matrix gram = Matrix.rowMajor(a, 0, n, n);
    Matrix square = Matrix.rowMajor(b, 0, n, n);
    for (long i = 0; i < iterations; i++) {
      Kernels.multiply(wideX, wideX.transposed(), gram, false);
      Kernels.multiply(gram, gram, square, false);
      combine((float) Muon.THIRD, a, (float) Muon.FIFTH, b);
      Kernels.multiply(square, wideX, wideProduct, false);
      combine(1, product, (float) Muon.FIRST, x);
    }
  }

  private static Matrix wide(float[] values, int rows, int columns) {
    Matrix matrix = Matrix.rowMajor(values, 0, rows, columns);
    return rows > columns ? matrix.transposed() : matrix;
  }

  /** {@code y = factorX x + factorY y}. */
  private static void combine(float factorX, float[] x, float factorY, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = factorX * x[i] + factorY * y[i];
    }
  }

  @Override
  public void vectors(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step,
      double[] common) {
    float[] os = slots[1];
    double rate = -lr * common[0];
    FloatVector minusRate = FloatVector.broadcast(FLOATS, (float) rate);
    float minusRateRest = rest(rate);
    FloatVector minusDecay = FloatVector.broadcast(FLOATS, (float) (-lr * weightDecay));
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector o = FloatVector.fromArray(FLOATS, os, at + i);

      FloatVector delta = p.fma(minusDecay, o.fma(minusRate, o.mul(minusRateRest)));

      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
