package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;

import dev.descent.core.autodiff.Op;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of {@link OperationTable} for recurrent layers: time, batch, inputs and cells of some
 * small sizes. All operands at once, and in the smallest sizes some of them at a time, the others
 * being fixed, so that there are few enough numbers for second derivatives.
 */
final class RecurrentTable {
  /** Time, batch, inputs, cells. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1},
    {2, 1, 1, 1},
    {3, 2, 2, 1},
    {2, 3, 1, 2},
    {4, 2, 3, 4},
    {0, 2, 1, 2},
    {2, 0, 1, 1},
    {2, 1, 0, 2},
    {1, 2, 2, 0}
  };

  /** Operands whose second derivatives are looked at together, by their places. */
  private static final int[][] TOGETHER = {{0, 1, 2, 5, 6}, {3, 4, 5, 6}, {2}, {0, 3, 5}};

  private RecurrentTable() {}

  static Stream<Case> cases() {
    return Stream.of(true, false)
        .flatMap(lstm ->
            Stream.concat(
                Stream.of(SIZES).map(sizes -> whole(lstm, sizes)),
                Stream.of(TOGETHER).flatMap(places -> partly(lstm, places))));
  }

  private static List<Shape> operands(boolean lstm, int[] sizes) {
    int gates = lstm ? 4 : 3;
    int hidden = sizes[3];
    Shape state = Shape.of(sizes[1], hidden);
    List<Shape> shapes =
        List.of(
            Shape.of(sizes[0], sizes[1], sizes[2]),
            Shape.of(gates * hidden, sizes[2]),
            Shape.of(gates * hidden, hidden),
            Shape.of(gates * hidden),
            Shape.of(gates * hidden),
            state,
            state);
    return lstm ? shapes : shapes.subList(0, 6);
  }

  private static Op operation(boolean lstm, List<Tensor> x) {
    return lstm
        ? new Lstm(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5), x.get(6))
        : new Gru(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5));
  }

  private static DoubleTensor mathematics(boolean lstm, List<DoubleTensor> x) {
    return lstm ? lstm(x) : gru(x);
  }

  private static Case whole(boolean lstm, int[] sizes) {
    return new Case(
        operands(lstm, sizes).stream().map(shape -> new Operand(shape, ANY)).toList(),
        x -> operation(lstm, x),
        x -> mathematics(lstm, x),
        ulpsOfOne(16));
  }

  /** Two steps of one sequence, with as many cells as leave no more than 16 numbers. */
  private static Stream<Case> partly(boolean lstm, int[] places) {
    return IntStream.rangeClosed(1, 2)
        .mapToObj(hidden -> {
          List<Shape> shapes = operands(lstm, new int[] {2, 1, 1, hidden});
          Case all = whole(lstm, new int[] {2, 1, 1, hidden});
          List<Tensor> fixed = all.draw();
          int[] present = Arrays.stream(places).filter(place -> place < shapes.size()).toArray();
          return new Case(
              Arrays.stream(present)
                  .mapToObj(place -> new Operand(shapes.get(place), ANY))
                  .toList(),
              x -> operation(lstm, replaced(fixed, present, x, tensor -> tensor)),
              x -> mathematics(lstm, replaced(fixed, present, x, DoubleTensor::of)),
              ulpsOfOne(16));
        })
        .filter(test -> test.size() <= 16);
  }

  private static <T> List<T> replaced(
      List<Tensor> fixed, int[] places, List<T> some, Function<Tensor, T> kind) {
    List<T> all = new ArrayList<>(fixed.stream().map(kind).toList());
    for (int i = 0; i < places.length; i++) {
      all.set(places[i], some.get(i));
    }
    return all;
  }

  // ---- the mathematics, gate by gate

  /** {@code row of the weight times the factors, plus the bias}. */
  private static double sum(
      DoubleTensor weight, DoubleTensor bias, int row, int n, Function<Integer, Double> factor) {
    double sum = bias.at(row);
    for (int k = 0; k < n; k++) {
      sum += weight.at(row, k) * factor.apply(k);
    }
    return sum;
  }

  /** What the inputs of a step add to the sum of a gate. */
  private static double ofInputs(List<DoubleTensor> x, int row, int step, int sequence) {
    int features = x.get(0).shape()[2];
    return sum(x.get(1), x.get(3), row, features, k -> x.get(0).at(step, sequence, k));
  }

  /** What the state before a step adds to it. */
  private static double ofState(List<DoubleTensor> x, int row, double[] before, int sequence) {
    int hidden = x.get(5).shape()[1];
    return sum(x.get(2), x.get(4), row, hidden, k -> before[sequence * hidden + k]);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static DoubleTensor lstm(List<DoubleTensor> x) {
    int time = x.get(0).shape()[0];
    int batch = x.get(0).shape()[1];
    int hidden = x.get(5).shape()[1];
    double[] h = x.get(5).elements().clone();
    double[] c = x.get(6).elements().clone();
    double[] hiddens = h.clone();
    double[] cells = c.clone();
    for (int step = 0; step < time; step++) {
      double[] before = h.clone();
      for (int at = 0; at < batch * hidden; at++) {
        double[] gates = new double[4];
        for (int gate = 0; gate < 4; gate++) {
          int row = gate * hidden + at % hidden;
          gates[gate] = ofInputs(x, row, step, at / hidden) + ofState(x, row, before, at / hidden);
        }
        c[at] = sigmoid(gates[1]) * c[at] + sigmoid(gates[0]) * Math.tanh(gates[2]);
        h[at] = sigmoid(gates[3]) * Math.tanh(c[at]);
      }
      hiddens = joined(hiddens, h);
      cells = joined(cells, c);
    }
    return new DoubleTensor(new int[] {2, time + 1, batch, hidden}, joined(hiddens, cells));
  }

  private static DoubleTensor gru(List<DoubleTensor> x) {
    int time = x.get(0).shape()[0];
    int batch = x.get(0).shape()[1];
    int hidden = x.get(5).shape()[1];
    double[] h = x.get(5).elements().clone();
    double[] states = h.clone();
    for (int step = 0; step < time; step++) {
      double[] before = h.clone();
      for (int at = 0; at < batch * hidden; at++) {
        double[] left = new double[3];
        double[] right = new double[3];
        for (int gate = 0; gate < 3; gate++) {
          int row = gate * hidden + at % hidden;
          left[gate] = ofInputs(x, row, step, at / hidden);
          right[gate] = ofState(x, row, before, at / hidden);
        }
        double reset = sigmoid(left[0] + right[0]);
        double update = sigmoid(left[1] + right[1]);
        double candidate = Math.tanh(left[2] + reset * right[2]);
        h[at] = (1 - update) * candidate + update * before[at];
      }
      states = joined(states, h);
    }
    return new DoubleTensor(new int[] {time + 1, batch, hidden}, states);
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
