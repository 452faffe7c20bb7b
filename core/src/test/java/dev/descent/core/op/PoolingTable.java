package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.EXACT;
import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;
import static dev.descent.core.op.Case.Numbers.DISTINCT;
import static dev.descent.core.op.Sliding.add;
import static dev.descent.core.op.Sliding.any;
import static dev.descent.core.op.Sliding.forEachIndex;
import static dev.descent.core.op.Sliding.isInside;
import static dev.descent.core.op.Sliding.windowPairs;

import dev.descent.core.kernel.Spans;
import dev.descent.core.kernel.Window;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The part of {@link OperationTable} for poolings: the greatest elements and averages. */
final class PoolingTable {
  private PoolingTable() {}

  static Stream<Case> cases() {
    return Stream.of(maxPoolings(), slidingAverages(), adaptiveAverages()).flatMap(cases -> cases);
  }

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
}
