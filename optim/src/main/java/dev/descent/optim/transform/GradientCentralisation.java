package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;

/**
 * Takes the mean off the gradient of each unit, so that the mean of a unit's weights stays what it
 * is.
 *
 * <pre>
 * g = g - mean(g)        over one unit of a parameter with two axes or more
 * </pre>
 *
 * <p><b>Source.</b> H. Yong, J. Huang, X. Hua and L. Zhang, "Gradient Centralization: A New
 * Optimization Technique for Deep Neural Networks", arXiv 2004.01461 (ECCV 2020), equation 1. A
 * unit is a row of a weight, {@code [out, in]} or {@code [out, in, height, width]}. Parameters with
 * fewer axes are left alone, as in the authors' code.
 */
public record GradientCentralisation() implements GradientTransform.OfEach {
  @Override
  public void transform(Gradient gradient) {
    if (gradient.shape().rank() < 2) {
      return;
    }
    float[] from = gradient.array();
    int at = gradient.offset();
    float[] to = gradient.replace();
    int size = gradient.unitSize();
    for (int unit = 0; unit < gradient.units(); unit++) {
      int first = unit * size;
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += from[at + first + i];
      }
      double mean = sum / size;
      for (int i = 0; i < size; i++) {
        to[first + i] = (float) (from[at + first + i] - mean);
      }
    }
  }
}
