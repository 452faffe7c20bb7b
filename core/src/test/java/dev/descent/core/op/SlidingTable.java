package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.EXACT;
import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;
import static dev.descent.core.op.Case.Numbers.DISTINCT;

import dev.descent.core.kernel.Spans;
import dev.descent.core.kernel.Window;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The part of {@link OperationTable} in which a window slides over images: convolutions and
 * poolings with every stride, padding, dilation and group of some small sizes.
 */
final class SlidingTable {
  private static final List<Window> WINDOWS =
      List.of(
          Window.of(1),
          Window.of(2),
          Window.of(3).padding(1),
          Window.of(1).stride(2),
          Window.of(2).stride(2),
          Window.of(2).stride(3).padding(1),
          Window.of(2).dilation(2).padding(2),
          Window.of(3).stride(2).padding(2).dilation(2));

  /** Batch, input channels, output channels, groups. */
  private static final int[][] CHANNELS = {
    {1, 1, 1, 1}, {2, 2, 3, 1}, {1, 4, 2, 2}, {1, 3, 3, 3}, {0, 1, 2, 1}
  };

  private SlidingTable() {}

  static Stream<Case> cases() {
    return Stream.of(convolutions(), maxPoolings(), slidingAverages(), adaptiveAverages())
        .flatMap(cases -> cases);
  }

  // ---- convolution

  private static Stream<Case> convolutions() {
    return windowPairs(4, 3)
        .flatMap(pair -> Stream.of(CHANNELS).flatMap(c -> convolutions(pair[0], pair[1], c)));
  }

  private static Stream<Case> convolutions(Window rows, Window columns, int[] channels) {
    int groups = channels[3];
    Shape x = Shape.of(channels[0], channels[1], 4, 3);
    Shape w = Shape.of(channels[2], channels[1] / groups, rows.size(), columns.size());
    Shape y = Shape.of(channels[0], channels[2], rows.positions(4), columns.positions(3));
    Operand bias = new Operand(Shape.of(channels[2]), ANY);
    return Stream.of(
        new Case(
            List.of(any(x), any(w)),
            t -> new Conv2d(t.get(0), t.get(1), null, rows, columns, groups),
            t -> convolution(t.get(0), t.get(1), y, rows, columns, groups),
            ulpsOfOne(16)),
        new Case(
            List.of(any(x), any(w), bias),
            t -> new Conv2d(t.get(0), t.get(1), t.get(2), rows, columns, groups),
            t -> {
              DoubleTensor sums = convolution(t.get(0), t.get(1), y, rows, columns, groups);
              return DoubleTensor.fill(
                  y.toArray(), index -> sums.at(index) + t.get(2).at(index[1]));
            },
            ulpsOfOne(16)),
        new Case(
            List.of(any(y), any(w)),
            t -> new Conv2dInputGradient(t.get(0), t.get(1), x, rows, columns, groups),
            t ->
                sum(
                    x,
                    rows,
                    columns,
                    y,
                    w,
                    groups,
                    (at, from) ->
                        new Term(from.input(), t.get(0).at(at) * t.get(1).at(from.weight()))),
            ulpsOfOne(16)),
        new Case(
            List.of(any(x), any(y)),
            t -> new Conv2dWeightGradient(t.get(0), t.get(1), rows, columns, groups),
            t ->
                sum(
                    w,
                    rows,
                    columns,
                    y,
                    w,
                    groups,
                    (at, from) ->
                        new Term(from.weight(), inside(t.get(0), from.input()) * t.get(1).at(at))),
            ulpsOfOne(16)));
  }

  private static DoubleTensor convolution(
      DoubleTensor x, DoubleTensor w, Shape y, Window rows, Window columns, int groups) {
    return sum(
        y,
        rows,
        columns,
        y,
        Shape.of(w.shape()),
        groups,
        (at, from) -> new Term(at, inside(x, from.input()) * w.at(from.weight())));
  }

  /** Something to be added to the element at an index. */
  private record Term(int[] index, double value) {}

  /** An element of the weight and the element of the input that it is multiplied with. */
  private record Product(int[] input, int[] weight) {}

  private interface Terms {
    Term of(int[] output, Product product);
  }

  /** Goes through all products of the convolution and adds up what is said of them. */
  private static DoubleTensor sum(
      Shape result, Window rows, Window columns, Shape y, Shape w, int groups, Terms terms) {
    DoubleTensor sums = DoubleTensor.fill(result.toArray(), index -> 0);
    forEachIndex(
        y,
        at ->
            forEachIndex(
                w,
                tap -> {
                  if (tap[0] == at[1]) {
                    int group = at[1] / (y.length(1) / groups);
                    int[] input = {
                      at[0],
                      group * w.length(1) + tap[1],
                      at[2] * rows.stride() - rows.padding() + tap[2] * rows.dilation(),
                      at[3] * columns.stride() - columns.padding() + tap[3] * columns.dilation()
                    };
                    Term term = terms.of(at, new Product(input, tap));
                    add(sums, term.index(), term.value());
                  }
                }));
    return sums;
  }

  private static double inside(DoubleTensor x, int[] index) {
    return isInside(x, index) ? x.at(index) : 0;
  }

  private static boolean isInside(DoubleTensor x, int[] index) {
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= x.shape()[axis]) {
        return false;
      }
    }
    return true;
  }

  private static void add(DoubleTensor sums, int[] index, double value) {
    if (isInside(sums, index)) {
      int position = 0;
      for (int axis = 0; axis < index.length; axis++) {
        position = position * sums.shape()[axis] + index[axis];
      }
      sums.elements()[position] += value;
    }
  }

  private interface Visit {
    void at(int[] index);
  }

  private static void forEachIndex(Shape shape, Visit visit) {
    List<int[]> indices = new ArrayList<>();
    DoubleTensor.fill(
        shape.toArray(),
        index -> {
          indices.add(index.clone());
          return 0;
        });
    indices.forEach(visit::at);
  }

  // ---- pooling

  private static Stream<Case> maxPoolings() {
    return windowPairs(4, 3)
        .filter(pair -> pools(pair[0]) && pools(pair[1]))
        .flatMap(pair -> {
          Window rows = pair[0];
          Window columns = pair[1];
          Shape x = Shape.of(1, 1, 4, 3);
          Shape y = Shape.of(1, 1, rows.positions(4), columns.positions(3));
          return Stream.of(
              new Case(
                  List.of(new Operand(x, DISTINCT)),
                  t -> new MaxPool2d(t.get(0), rows, columns),
                  t ->
                      DoubleTensor.fill(
                          y.toArray(),
                          at ->
                              valueAt(
                                  t.get(0),
                                  greatest(t.get(0), at, rows, columns),
                                  Double.NEGATIVE_INFINITY)),
                  EXACT),
              new Case(
                  List.of(new Operand(y, ANY), new Operand(x, DISTINCT)),
                  t -> new MaxPool2dGradient(t.get(0), t.get(1), rows, columns),
                  t -> {
                    DoubleTensor sums = DoubleTensor.fill(x.toArray(), index -> 0);
                    forEachIndex(
                        y,
                        at -> {
                          int[] place = greatest(t.get(1), at, rows, columns);
                          if (place.length > 0) {
                            add(sums, place, t.get(0).at(at));
                          }
                        });
                    return sums;
                  },
                  ulpsOfOne(4)),
              new Case(
                  List.of(new Operand(x, ANY), new Operand(x, DISTINCT)),
                  t -> new MaxPool2dChoice(t.get(0), t.get(1), rows, columns),
                  t ->
                      DoubleTensor.fill(
                          y.toArray(),
                          at -> valueAt(t.get(0), greatest(t.get(1), at, rows, columns), 0)),
                  EXACT));
        })
        // A window in the padding alone has a maximum of minus infinity: no slope to compare.
        .filter(test -> finite(test));
  }

  private static boolean finite(Case test) {
    return test.draw().stream().noneMatch(t -> t.size() == 0)
        && Double.isFinite(test.exactly(test.draw().stream().map(DoubleTensor::of).toList()).sum());
  }

  private static boolean pools(Window window) {
    return 2 * window.padding() <= window.span();
  }

  private static double valueAt(DoubleTensor values, int[] place, double otherwise) {
    return place.length == 0 ? otherwise : values.at(place);
  }

  /** The index of the greatest element of a window; empty if there is none. */
  private static int[] greatest(DoubleTensor x, int[] at, Window rows, Window columns) {
    int[] best = {};
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.size(); c++) {
        int[] place = {
          at[0],
          at[1],
          at[2] * rows.stride() - rows.padding() + r * rows.dilation(),
          at[3] * columns.stride() - columns.padding() + c * columns.dilation()
        };
        if (isInside(x, place) && (best.length == 0 || x.at(place) > x.at(best))) {
          best = place;
        }
      }
    }
    return best;
  }

  private static Stream<Case> slidingAverages() {
    return windowPairs(4, 3)
        .filter(pair -> pools(pair[0]) && pools(pair[1]))
        .filter(pair -> pair[0].dilation() == 1 && pair[1].dilation() == 1)
        .flatMap(pair ->
            averages(
                new Spans.Sliding(pair[0], 4),
                new Spans.Sliding(pair[1], 3),
                t -> AvgPool2d.sliding(t, pair[0], pair[1]),
                index ->
                    weight(pair[0], index[0], index[2]) * weight(pair[1], index[1], index[3])));
  }

  private static double weight(Window window, int output, int input) {
    int tap = input - (output * window.stride() - window.padding());
    return tap >= 0 && tap < window.size() ? 1.0 / window.size() : 0;
  }

  private static Stream<Case> adaptiveAverages() {
    return Stream.of(1, 2, 3, 4, 6)
        .flatMap(height ->
            Stream.of(1, 2, 5)
                .flatMap(width ->
                    averages(
                        new Spans.Adaptive(height, 4),
                        new Spans.Adaptive(width, 3),
                        t -> AvgPool2d.adaptive(t, height, width),
                        index ->
                            weight(height, 4, index[0], index[2])
                                * weight(width, 3, index[1], index[3]))));
  }

  private static double weight(int outputs, int inputs, int output, int input) {
    double from = Math.floor((double) output * inputs / outputs);
    double to = Math.ceil((output + 1.0) * inputs / outputs);
    return input >= from && input < to ? 1 / (to - from) : 0;
  }

  private interface Averages {
    AvgPool2d of(Tensor input);
  }

  /**
   * An average and its gradient.
   *
   * @param weight what an element counts in an average: of {output row, output column, input row,
   *     input column}
   */
  private static Stream<Case> averages(
      Spans rows, Spans columns, Averages operation, ToDoubleFunction<int[]> weight) {
    return Stream.of(1, 2)
        .flatMap(channels ->
            averages(
                Shape.of(1, channels, 4, 3),
                Shape.of(1, channels, rows.outputs(), columns.outputs()),
                rows,
                columns,
                operation,
                weight));
  }

  private static Stream<Case> averages(
      Shape x,
      Shape y,
      Spans rows,
      Spans columns,
      Averages operation,
      ToDoubleFunction<int[]> weight) {
    return Stream.of(
        new Case(
            List.of(any(x)),
            t -> operation.of(t.get(0)),
            t ->
                weighted(
                    y,
                    x,
                    t.get(0),
                    (out, in) -> weight.applyAsDouble(new int[] {out[2], out[3], in[2], in[3]})),
            ulpsOfOne(4)),
        new Case(
            List.of(any(y)),
            t -> new AvgPool2dGradient(t.get(0), rows, columns),
            t ->
                weighted(
                    x,
                    y,
                    t.get(0),
                    (out, in) -> weight.applyAsDouble(new int[] {in[2], in[3], out[2], out[3]})),
            ulpsOfOne(4)));
  }

  private interface Weight {
    double of(int[] result, int[] operand);
  }

  private static DoubleTensor weighted(Shape result, Shape operand, DoubleTensor x, Weight weight) {
    DoubleTensor sums = DoubleTensor.fill(result.toArray(), index -> 0);
    forEachIndex(
        result,
        to ->
            forEachIndex(
                operand,
                from -> {
                  if (from[0] == to[0] && from[1] == to[1]) {
                    add(sums, to, x.at(from) * weight.of(to, from));
                  }
                }));
    return sums;
  }

  // ---- shapes

  private static Operand any(Shape shape) {
    return new Operand(shape, ANY);
  }

  /** All pairs of windows that fit. */
  private static Stream<Window[]> windowPairs(int height, int width) {
    return WINDOWS.stream()
        .flatMap(rows -> WINDOWS.stream().map(columns -> new Window[] {rows, columns}))
        .filter(pair -> pair[0].positions(height) > 0 && pair[1].positions(width) > 0);
  }
}
