package dev.descent.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.kernel.simd.SimdElementwise;
import dev.descent.core.kernel.simd.SimdMaxPooling;
import dev.descent.core.kernel.simd.SimdReductions;
import dev.descent.core.kernel.simd.SimdTransposition;
import dev.descent.core.kernel.simd.convolution.SimdConvolution;
import dev.descent.core.kernel.simd.matrix.SimdMatrixProduct;
import java.util.List;

/**
 * The kernels that are compared with the reference: the way in that operations use and, unless the
 * reference itself was asked for, the SIMD kernels. The width is fixed when a JVM starts, so the
 * build runs these tests once for each.
 */
final class UnderTest {
  private UnderTest() {}

  static List<Elementwise> elementwise() {
    return simd()
        ? List.of(new ThroughKernels(), new SimdElementwise())
        : List.of(new ThroughKernels());
  }

  static List<Reductions> reductions() {
    return simd()
        ? List.of(new ThroughKernels(), new SimdReductions())
        : List.of(new ThroughKernels());
  }

  static List<MatrixProduct> matrixProducts() {
    return simd()
        ? List.of(new ThroughKernels(), new SimdMatrixProduct())
        : List.of(new ThroughKernels());
  }

  static List<Convolution> convolutions() {
    return simd()
        ? List.of(new ConvolutionThroughKernels(), new SimdConvolution())
        : List.of(new ConvolutionThroughKernels());
  }

  static List<MaxPooling> maxPoolings() {
    return simd()
        ? List.of(new MaxPoolingThroughKernels(), new SimdMaxPooling())
        : List.of(new MaxPoolingThroughKernels());
  }

  static List<Transposition> transpositions() {
    return simd()
        ? List.of(Kernels::transpose, new SimdTransposition())
        : List.of(Kernels::transpose);
  }

  /** False only where the reference was asked for: a missing module is a failure, never a skip. */
  static boolean simd() {
    boolean simd = Machine.requestedVectorBits() != 0;
    assertThat(Machine.usesSimd())
        .describedAs("the SIMD kernels run; without --add-modules jdk.incubator.vector they cannot")
        .isEqualTo(simd);
    return simd;
  }

  /** The kernels of {@link Kernels}, which share large work among threads. */
  private static final class ThroughKernels implements Elementwise, Reductions, MatrixProduct {
    @Override
    public void unary(Unary function, float[] in, int inOffset, float[] out, int outOffset, int n) {
      Kernels.unary(function, in, inOffset, out, outOffset, n);
    }

    @Override
    public void binary(
        Binary function,
        float[] a,
        int aOffset,
        int aStride,
        float[] b,
        int bOffset,
        int bStride,
        float[] out,
        int outOffset,
        int n) {
      Kernels.binary(function, a, aOffset, aStride, b, bOffset, bStride, out, outOffset, n);
    }

    @Override
    public void select(
        float[] condition,
        int conditionOffset,
        float[] a,
        int aOffset,
        float[] b,
        int bOffset,
        float[] out,
        int outOffset,
        int n) {
      Kernels.select(condition, conditionOffset, a, aOffset, b, bOffset, out, outOffset, n);
    }

    @Override
    public float sum(float[] x, int offset, int n) {
      return Kernels.sum(x, offset, n);
    }

    @Override
    public float max(float[] x, int offset, int n) {
      return Kernels.max(x, offset, n);
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
      Kernels.multiply(a, b, c, accumulate);
    }
  }

  /** The same for convolution: all images, all channels. */
  private static final class ConvolutionThroughKernels implements Convolution {
    @Override
    public void forward(
        ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice y, int from, int to) {
      ImageKernels.convolution(shape, input, weight, bias, y);
    }

    @Override
    public void inputGradient(
        ConvolutionShape shape, Slice dy, Slice weight, Slice dx, int from, int to) {
      ImageKernels.inputGradient(shape, dy, weight, dx);
    }

    @Override
    public void weightGradient(
        ConvolutionShape shape, Slice input, Slice dy, Slice dw, int from, int to) {
      ImageKernels.weightGradient(shape, input, dy, dw);
    }
  }

  /** The same for pooling: all planes. */
  private static final class MaxPoolingThroughKernels implements MaxPooling {
    @Override
    public void max(PoolingShape shape, Slice x, Slice y, int from, int to) {
      ImageKernels.max(shape, x, y);
    }

    @Override
    public void gradient(PoolingShape shape, Slice x, Slice dy, Slice dx, int from, int to) {
      ImageKernels.maxGradient(shape, x, dy, dx);
    }

    @Override
    public void choose(PoolingShape shape, Slice x, Slice values, Slice y, int from, int to) {
      ImageKernels.maxChoice(shape, x, values, y);
    }
  }
}
