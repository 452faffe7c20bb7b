package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.ulps;
import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;

import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of {@link OperationTable} for attention, and for softmax with a mask. */
final class AttentionTable {
  /** Batch, heads, queries, keys, features of a head. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1, 1},
    {1, 2, 2, 2, 1},
    {2, 1, 2, 1, 2},
    {1, 2, 1, 3, 2},
    {2, 2, 3, 4, 3},
    {0, 2, 2, 2, 2},
    {1, 1, 0, 2, 2},
    {1, 1, 2, 0, 2},
    {1, 2, 2, 3, 0}
  };

  private AttentionTable() {}

  static Stream<Case> cases() {
    return Stream.of(scores(), mix(), softmaxGradient(), maskedSoftmax()).flatMap(cases -> cases);
  }

  private static Stream<Case> scores() {
    return Stream.of(SIZES)
        .map(n ->
            new Case(
                List.of(any(n[0], n[2], n[1] * n[4]), any(n[0], n[3], n[1] * n[4])),
                x -> new AttentionScores(x.get(0), x.get(1), n[1]),
                x ->
                    DoubleTensor.fill(
                        new int[] {n[0], n[1], n[2], n[3]},
                        i ->
                            IntStream.range(0, n[4])
                                .map(feature -> i[1] * n[4] + feature)
                                .mapToDouble(column ->
                                    x.get(0).at(i[0], i[2], column)
                                        * x.get(1).at(i[0], i[3], column))
                                .sum()),
                ulpsOfOne(8)));
  }

  private static Stream<Case> mix() {
    return Stream.of(SIZES)
        .flatMap(n -> Stream.of(true, false).map(transposed -> mix(n, transposed)));
  }

  private static Case mix(int[] n, boolean transposed) {
    Operand weights = transposed ? any(n[0], n[1], n[3], n[2]) : any(n[0], n[1], n[2], n[3]);
    return new Case(
        List.of(weights, any(n[0], n[3], n[1] * n[4])),
        x -> new AttentionMix(x.get(0), x.get(1), transposed),
        x ->
            DoubleTensor.fill(
                new int[] {n[0], n[2], n[1] * n[4]},
                i -> {
                  int head = i[2] / n[4];
                  return IntStream.range(0, n[3])
                      .mapToDouble(key ->
                          x.get(1).at(i[0], key, i[2])
                              * (transposed
                                  ? x.get(0).at(i[0], head, key, i[1])
                                  : x.get(0).at(i[0], head, i[1], key)))
                      .sum();
                }),
        ulpsOfOne(8));
  }

  private static Operand any(int... lengths) {
    return new Operand(Shape.of(lengths), ANY);
  }

  private static Stream<Case> softmaxGradient() {
    return OperationTable.shapes()
        .filter(shape -> shape.rank() > 0)
        .map(shape ->
            new Case(
                List.of(new Operand(shape, ANY), new Operand(shape, ANY)),
                x -> new SoftmaxGradient(x.get(0), x.get(1)),
                x -> {
                  DoubleTensor products = DoubleTensor.zip(x.get(0), x.get(1), (y, dy) -> y * dy);
                  boolean[] last = new boolean[shape.rank()];
                  last[last.length - 1] = true;
                  DoubleTensor sums = products.reduce(last, true, 0, Double::sum);
                  DoubleTensor centered = DoubleTensor.zip(x.get(1), sums, (dy, s) -> dy - s);
                  return DoubleTensor.zip(x.get(0), centered, (y, c) -> y * c);
                },
                ulpsOfOne(16)));
  }

  /**
   * A mask for each column, for each matrix and column, for each row and column, and for each
   * element. One that is the same for all columns changes nothing.
   */
  private static Stream<Case> maskedSoftmax() {
    return OperationTable.shapes()
        .filter(shape -> shape.rank() >= 2)
        .flatMap(shape ->
            Stream.of(Shape.of(shape.length(-1)), shape.with(-2, 1), shape.with(0, 1), shape)
                .flatMap(mask ->
                    Stream.of(true, false).map(causal -> maskedSoftmax(shape, mask, causal))));
  }

  private static Case maskedSoftmax(Shape shape, Shape mask, boolean causal) {
    int rank = shape.rank();
    return new Case(
        List.of(new Operand(shape, ANY), new Operand(mask, ANY)),
        x -> new MaskedSoftmax(x.get(0), x.get(1), causal),
        x -> {
          DoubleTensor powers =
              DoubleTensor.fill(
                  shape.toArray(),
                  i ->
                      causal && i[rank - 1] > i[rank - 2]
                          ? 0
                          : Math.exp(x.get(0).at(i) + x.get(1).at(i)));
          boolean[] last = new boolean[rank];
          last[rank - 1] = true;
          DoubleTensor sums = powers.reduce(last, true, 0, Double::sum);
          return DoubleTensor.zip(powers, sums, (a, b) -> a / b);
        },
        ulps(8));
  }
}
