package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;
import static dev.descent.core.op.Sliding.add;
import static dev.descent.core.op.Sliding.any;
import static dev.descent.core.op.Sliding.forEachIndex;
import static dev.descent.core.op.Sliding.isInside;
import static dev.descent.core.op.Sliding.windowPairs;

import dev.descent.core.kernel.Window;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of {@link OperationTable} for convolutions: every stride, padding, dilation and group of
 * some small sizes.
 */
final class ConvolutionTable {
  /** Batch, input channels, output channels, groups. */
  private static final int[][] CHANNELS = {
    {1, 1, 1, 1}, {2, 2, 3, 1}, {1, 4, 2, 2}, {1, 3, 3, 3}, {0, 1, 2, 1}
  };

  private ConvolutionTable() {}

  static Stream<Case> cases() {
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
}
