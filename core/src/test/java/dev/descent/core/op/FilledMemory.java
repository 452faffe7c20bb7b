package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the contributions of an operation, and gives it arrays to compute in.
 *
 * @param filling what the arrays hold
 * @param contributions what the operation has handed on
 */
record FilledMemory(float filling, List<float[]> contributions) implements GradientSink {
  /** What the operation behind a result hands on. */
  static List<float[]> contributions(Tensor result, Tensor gradient, float filling) {
    FilledMemory sink = new FilledMemory(filling, new ArrayList<>());
    result.producer().backward(result, gradient, sink);
    return sink.contributions;
  }

  @Override
  public void add(Tensor input, Op contribution) {
    add(input, evaluate(contribution));
  }

  @Override
  public void add(Tensor input, Tensor contribution) {
    contributions.add(contribution.toArray());
  }

  @Override
  public Tensor evaluate(Op operation) {
    float[] values = array(operation.shape().size());
    operation.forward(values, 0);
    return Tensor.of(operation.shape(), values);
  }

  @Override
  public float[] array(int length) {
    float[] values = new float[length];
    Arrays.fill(values, filling);
    return values;
  }

  @Override
  public boolean needs(Tensor input) {
    return true;
  }

  @Override
  public boolean recorded() {
    return false;
  }
}
