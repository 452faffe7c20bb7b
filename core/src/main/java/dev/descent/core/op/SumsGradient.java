package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What the gradient of sums {@code factors W^T + b}, over all steps of a run, says of the weight
 * and of the biases in them. Added up part by part of the run, while a part is in the caches.
 */
final class SumsGradient {
  private final GradientSink sink;
  private final Tensor weight;
  private final List<Tensor> biases;
  private final float[] dWeight;
  private final float[] dBias;

  /**
   * Nothing yet.
   *
   * @param weight {@code [gates hidden, factors]}
   * @param biases any number, {@code [gates hidden]} each
   */
  SumsGradient(GradientSink sink, Tensor weight, Tensor... biases) {
    this.sink = sink;
    this.weight = weight;
    this.biases = List.of(biases);
    dWeight = sink.array(sink.needs(weight) ? weight.size() : 0);
    Arrays.fill(dWeight, 0);
    dBias = new float[this.biases.stream().anyMatch(sink::needs) ? weight.shape().length(0) : 0];
  }

  /**
   * Adds what comes from some steps: one product.
   *
   * @param dSums a row for each sequence at each step
   * @param factors as many rows
   */
  void add(Matrix dSums, Matrix factors) {
    if (dWeight.length > 0) {
      Matrix sum = Matrix.rowMajor(dWeight, 0, dSums.columns(), factors.columns());
      Kernels.multiply(dSums.transposed(), factors, sum, true);
    }
    if (dBias.length > 0) {
      for (int row = 0; row < dSums.rows(); row++) {
        int at = dSums.index(row, 0);
        Kernels.binary(Binary.ADD, dBias, 0, 1, dSums.values(), at, 1, dBias, 0, dBias.length);
      }
    }
  }

  /** Gives the gradients to whom they belong. */
  void handOn() {
    if (dWeight.length > 0) {
      sink.add(weight, Tensor.of(weight.shape(), dWeight));
    }
    for (Tensor bias : biases) {
      if (dBias.length > 0) {
        sink.add(bias, Tensor.of(bias.shape(), dBias));
      }
    }
  }
}
