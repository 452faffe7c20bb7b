package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceNormalization;
import dev.descent.core.kernel.reference.ReferenceReductions;
import dev.descent.core.kernel.reference.ReferenceRowGradients;
import dev.descent.core.kernel.simd.SimdNormalization;
import dev.descent.core.kernel.simd.SimdReductions;
import dev.descent.core.kernel.simd.SimdRowGradients;
import java.util.Arrays;

/**
 * What normalisation over a batch and its derivative call, for {@code [batch, channels, inner]}:
 * the kernels of this machine, channels shared among the threads.
 *
 * <p>A sum over a channel is one for each plane of {@code inner} elements, as {@link Reductions}
 * says, and these added up in the order of the batch. Where planes have one element only, the
 * channel is laid out as a single plane of {@code batch} elements.
 */
public final class BatchNormKernels {
  /** Elements that make channels worth a thread of their own. */
  private static final int ELEMENT_GRAIN = 1 << 14;

  private static final Reductions REDUCTIONS =
      Machine.usesSimd() ? new SimdReductions() : new ReferenceReductions();
  private static final Normalization NORMALIZATION =
      Machine.usesSimd() ? new SimdNormalization() : new ReferenceNormalization();
  private static final RowGradients GRADIENTS =
      Machine.usesSimd() ? new SimdRowGradients() : new ReferenceRowGradients();

  private BatchNormKernels() {}

  /** The lengths of the axes. */
  public record Extent(int batch, int channels, int inner) {
    /** How many elements a channel has. */
    int perChannel() {
      return batch * inner;
    }

    private boolean isMatrix() {
      return inner == 1 && batch > 1;
    }

    private Extent asPlanes() {
      return new Extent(1, channels, batch);
    }

    private int plane(int image, int channel) {
      return (image * channels + channel) * inner;
    }
  }

  /**
   * The mean of each channel, and its variance, that of a whole population.
   *
   * @param means overwritten
   * @param variances overwritten
   */
  public static void moments(Extent extent, Slice x, float[] means, float[] variances) {
    if (extent.isMatrix()) {
      moments(extent.asPlanes(), transposed(extent, x), means, variances);
      return;
    }
    forChannels(
        extent,
        (from, to) -> {
          for (int channel = from; channel < to; channel++) {
            float sum = 0;
            for (int image = 0; image < extent.batch(); image++) {
              int at = x.offset() + extent.plane(image, channel);
              sum += REDUCTIONS.sum(x.values(), at, extent.inner());
            }
            float mean = sum / extent.perChannel();
            float squares = 0;
            for (int image = 0; image < extent.batch(); image++) {
              int at = x.offset() + extent.plane(image, channel);
              squares += NORMALIZATION.squaredDistance(x.values(), at, mean, extent.inner());
            }
            means[channel] = mean;
            variances[channel] = squares / extent.perChannel();
          }
        });
  }

  /** What brings a variance to 1. */
  private static float scale(float variance, float epsilon) {
    return 1 / (float) Math.sqrt(variance + epsilon);
  }

  /** {@code out = (x - mean) / sqrt(variance + epsilon) weight + bias}, channel by channel. */
  public static void normalize(
      Extent extent,
      Slice x,
      float[] means,
      float[] variances,
      float epsilon,
      Slice weight,
      Slice bias,
      Slice out) {
    if (extent.isMatrix()) {
      float[] planes = new float[extent.perChannel() * extent.channels()];
      Slice y = new Slice(planes, 0);
      Slice xPlanes = transposed(extent, x);
      normalize(extent.asPlanes(), xPlanes, means, variances, epsilon, weight, bias, y);
      transposeBack(extent, planes, out);
      return;
    }
    int inner = extent.inner();
    forChannels(
        extent,
        (from, to) -> {
          float[] weights = new float[inner];
          float[] biases = new float[inner];
          for (int channel = from; channel < to; channel++) {
            Arrays.fill(weights, weight.values()[weight.offset() + channel]);
            Arrays.fill(biases, bias.values()[bias.offset() + channel]);
            float scale = scale(variances[channel], epsilon);
            for (int image = 0; image < extent.batch(); image++) {
              int at = extent.plane(image, channel);
              NORMALIZATION.normalize(
                  x.values(),
                  x.offset() + at,
                  means[channel],
                  scale,
                  weights,
                  0,
                  biases,
                  0,
                  out.values(),
                  out.offset() + at,
                  inner);
            }
          }
        });
  }

  /**
   * The gradients of a normalisation with the moments of its own input: {@code db = sum dy}, {@code
   * dw = sum dy n} and {@code dx = scale weight (dy - db / size - n dw / size)} for each channel,
   * where {@code n = (x - mean) scale}, and size counts the channel's elements.
   *
   * @param dx overwritten
   * @param dw overwritten
   * @param db overwritten
   */
  public static void gradients(
      Extent extent,
      Slice x,
      float[] means,
      float[] variances,
      float epsilon,
      Slice weight,
      Slice dy,
      float[] dx,
      float[] dw,
      float[] db) {
    if (extent.isMatrix()) {
      float[] planes = new float[dx.length];
      gradients(
          extent.asPlanes(),
          transposed(extent, x),
          means,
          variances,
          epsilon,
          weight,
          transposed(extent, dy),
          planes,
          dw,
          db);
      transposeBack(extent, planes, new Slice(dx, 0));
      return;
    }
    int inner = extent.inner();
    int size = extent.perChannel();
    forChannels(
        extent,
        (from, to) -> {
          for (int channel = from; channel < to; channel++) {
            float mean = means[channel];
            float scale = scale(variances[channel], epsilon);
            float sum = 0;
            float dot = 0;
            for (int image = 0; image < extent.batch(); image++) {
              int at = extent.plane(image, channel);
              float[] g = dy.values();
              sum += REDUCTIONS.sum(g, dy.offset() + at, inner);
              dot += GRADIENTS.dot(x.values(), x.offset() + at, mean, g, dy.offset() + at, inner);
            }
            db[channel] = sum;
            dw[channel] = dot * scale;
            float outer = scale * weight.values()[weight.offset() + channel];
            float slope = scale * scale * (dot / size);
            for (int image = 0; image < extent.batch(); image++) {
              int at = extent.plane(image, channel);
              GRADIENTS.normalization(
                  x.values(),
                  x.offset() + at,
                  mean,
                  slope,
                  dy.values(),
                  dy.offset() + at,
                  sum / size,
                  outer,
                  dx,
                  at,
                  inner);
            }
          }
        });
  }

  private static Slice transposed(Extent extent, Slice x) {
    float[] planes = new float[extent.batch() * extent.channels()];
    int columns = extent.channels();
    Kernels.transpose(
        x.values(), x.offset(), columns, extent.batch(), columns, planes, 0, extent.batch());
    return new Slice(planes, 0);
  }

  private static void transposeBack(Extent extent, float[] planes, Slice out) {
    int rows = extent.channels();
    int batch = extent.batch();
    Kernels.transpose(planes, 0, batch, rows, batch, out.values(), out.offset(), rows);
  }

  private static void forChannels(Extent extent, Parallel.Body body) {
    int grain = Math.ceilDiv(ELEMENT_GRAIN, Math.max(1, extent.perChannel()));
    Parallel.forRange(extent.channels(), grain, body);
  }
}
