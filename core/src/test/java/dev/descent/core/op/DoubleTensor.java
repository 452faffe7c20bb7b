package dev.descent.core.op;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A tensor of doubles for writing down what an operation means, element by element and index by
 * index. Slow on purpose: it shares no loop, stride or kernel with the code under test.
 */
record DoubleTensor(int[] shape, double[] elements) {

  static DoubleTensor of(Tensor tensor) {
    double[] elements = new double[tensor.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = tensor.array()[tensor.offset() + i];
    }
    return new DoubleTensor(tensor.shape().toArray(), elements);
  }

  /**
   * The tensor whose element at each index is what the function says.
   *
   * @param element must not keep the index, which moves on
   */
  static DoubleTensor fill(int[] shape, ToDoubleFunction<int[]> element) {
    double[] elements = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    int[] index = new int[shape.length];
    for (int position = 0; position < elements.length; position++) {
      elements[position] = element.applyAsDouble(index);
      advance(index, shape);
    }
    return new DoubleTensor(shape, elements);
  }

  /** To the next index, the innermost axis fastest. */
  private static void advance(int[] index, int[] shape) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) {
        return;
      }
      index[axis] = 0;
    }
  }

  /**
   * The element at an index, which may be one of a wider shape that this tensor is repeated to:
   * indices of axes that are missing here are ignored, and along an axis of length 1 there is but
   * one element.
   */
  double at(int... index) {
    int position = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      int along = index[index.length - shape.length + axis];
      position = position * shape[axis] + (shape[axis] == 1 ? 0 : along);
    }
    return elements[position];
  }

  DoubleTensor map(DoubleUnaryOperator function) {
    return new DoubleTensor(shape, Arrays.stream(elements).map(function).toArray());
  }

  static DoubleTensor zip(DoubleTensor a, DoubleTensor b, DoubleBinaryOperator function) {
    if (Arrays.equals(a.shape, b.shape)) {
      double[] elements = new double[a.elements.length];
      Arrays.setAll(elements, i -> function.applyAsDouble(a.elements[i], b.elements[i]));
      return new DoubleTensor(a.shape, elements);
    }
    int[] shape = new int[Math.max(a.shape.length, b.shape.length)];
    for (int fromEnd = 1; fromEnd <= shape.length; fromEnd++) {
      int left = fromEnd <= a.shape.length ? a.shape[a.shape.length - fromEnd] : 1;
      int right = fromEnd <= b.shape.length ? b.shape[b.shape.length - fromEnd] : 1;
      shape[shape.length - fromEnd] = left == 1 ? right : left;
    }
    return fill(shape, index -> function.applyAsDouble(a.at(index), b.at(index)));
  }

  /** All elements that differ only in the index of reduced axes, folded into one. */
  DoubleTensor reduce(
      boolean[] reduced, boolean keepAxes, double start, DoubleBinaryOperator function) {
    int[] kept = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      kept[axis] = reduced[axis] ? 1 : shape[axis];
    }
    DoubleTensor result = fill(kept, index -> start);
    int[] index = new int[shape.length];
    for (double element : elements) {
      int to = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        to = to * kept[axis] + (reduced[axis] ? 0 : index[axis]);
      }
      result.elements[to] = function.applyAsDouble(result.elements[to], element);
      advance(index, shape);
    }
    return keepAxes ? result : result.reshape(without(reduced));
  }

  private int[] without(boolean[] reduced) {
    int[] rest = new int[shape.length];
    int rank = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      if (!reduced[axis]) {
        rest[rank++] = shape[axis];
      }
    }
    return Arrays.copyOf(rest, rank);
  }

  DoubleTensor reshape(int... newShape) {
    return new DoubleTensor(newShape, elements);
  }

  double sum() {
    return Arrays.stream(elements).sum();
  }

  /** The greatest magnitude of an element; 0 if there are none. */
  double norm() {
    return Arrays.stream(elements).map(Math::abs).max().orElse(0);
  }

  Tensor toTensor() {
    float[] values = new float[elements.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) elements[i];
    }
    return Tensor.of(Shape.of(shape), values);
  }
}
