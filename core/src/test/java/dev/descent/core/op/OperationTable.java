package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.EXACT;
import static dev.descent.core.op.Case.Accuracy.ulps;
import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;
import static dev.descent.core.op.Case.Numbers.DISTINCT;
import static dev.descent.core.op.Case.Numbers.FEW;
import static dev.descent.core.op.Case.Numbers.NONZERO;
import static dev.descent.core.op.Case.Numbers.POSITIVE;

import dev.descent.core.autodiff.Op;
import dev.descent.core.op.Case.Accuracy;
import dev.descent.core.op.Case.Numbers;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every operation with its mathematics: the table that {@link OperationProperties} goes through.
 * Each entry stands for all shapes of up to 3 axes of 0 to 4 elements, all pairs of them that
 * broadcast, all axes and all flags.
 */
final class OperationTable {
  private OperationTable() {}

  static List<Case> cases() {
    return Stream.of(
            unary(Negate::new, ANY, x -> -x, EXACT),
            unary(Exp::new, ANY, Math::exp, ulps(2)),
            unary(Log::new, POSITIVE, Math::log, ulps(2)),
            unary(Sqrt::new, POSITIVE, Math::sqrt, EXACT),
            unary(Relu::new, NONZERO, x -> Math.max(x, 0), EXACT),
            unary(Tanh::new, ANY, Math::tanh, ulps(2)),
            unary(Sigmoid::new, ANY, x -> 1 / (1 + Math.exp(-x)), ulps(2)),
            binary(Add::new, ANY, ANY, (a, b) -> a + b),
            binary(Subtract::new, ANY, ANY, (a, b) -> a - b),
            binary(Multiply::new, ANY, ANY, (a, b) -> a * b),
            binary(Divide::new, ANY, NONZERO, (a, b) -> a / b),
            binary(Gate::new, ANY, NONZERO, (a, b) -> b > 0 ? a : 0),
            binary(Equal::new, FEW, FEW, (a, b) -> a == b ? 1 : 0),
            reduction(Sum::new, ANY, 0, Double::sum, ulpsOfOne(16)),
            reduction(Max::new, DISTINCT, Double.NEGATIVE_INFINITY, Math::max, EXACT),
            alongRows(Softmax::new, OperationTable::softmax, ulps(6)),
            alongRows(LogSoftmax::new, x -> softmax(x).map(Math::log), ulpsOfOne(4)),
            crossEntropy(),
            matrixProduct(),
            affine(),
            transpose(),
            reshape(),
            broadcastTo(),
            gatherRows(),
            scatterAddRows(),
            SlidingTable.cases())
        .flatMap(cases -> cases)
        .toList();
  }

  // ---- kinds of operations

  private static Stream<Case> unary(
      Function<Tensor, Op> operation,
      Numbers numbers,
      DoubleUnaryOperator function,
      Accuracy accuracy) {
    return shapes()
        .map(shape ->
            new Case(
                List.of(new Operand(shape, numbers)),
                x -> operation.apply(x.get(0)),
                x -> x.get(0).map(function),
                accuracy));
  }

  private static Stream<Case> binary(
      BiFunction<Tensor, Tensor, Op> operation,
      Numbers left,
      Numbers right,
      DoubleBinaryOperator function) {
    return pairs()
        .filter(pair -> broadcast(pair.get(0), pair.get(1)))
        .map(pair ->
            new Case(
                List.of(new Operand(pair.get(0), left), new Operand(pair.get(1), right)),
                x -> operation.apply(x.get(0), x.get(1)),
                x -> DoubleTensor.zip(x.get(0), x.get(1), function),
                EXACT));
  }

  private interface MakeReduction {
    Op of(Tensor input, Axes axes, boolean keepAxes);
  }

  private static Stream<Case> reduction(
      MakeReduction operation,
      Numbers numbers,
      double start,
      DoubleBinaryOperator function,
      Accuracy accuracy) {
    return shapes()
        .flatMap(shape ->
            subsets(shape.rank())
                .filter(axes -> start == 0 || !reducesNothing(shape, axes))
                .flatMap(axes ->
                    Stream.of(true, false)
                        .map(keep ->
                            new Case(
                                List.of(new Operand(shape, numbers)),
                                x -> operation.of(x.get(0), axes(shape, axes), keep),
                                x -> x.get(0).reduce(axes, keep, start, function),
                                accuracy))));
  }

  private static Stream<Case> alongRows(
      Function<Tensor, Op> operation, UnaryOperator<DoubleTensor> function, Accuracy accuracy) {
    return shapes()
        .filter(shape -> shape.rank() > 0)
        .map(shape ->
            new Case(
                List.of(new Operand(shape, ANY)),
                x -> operation.apply(x.get(0)),
                x -> function.apply(x.get(0)),
                accuracy));
  }

  // ---- the mathematics that does not fit on a line

  private static DoubleTensor softmax(DoubleTensor x) {
    boolean[] lastAxis = new boolean[x.shape().length];
    lastAxis[lastAxis.length - 1] = true;
    DoubleTensor exponentials = x.map(Math::exp);
    DoubleTensor sums = exponentials.reduce(lastAxis, true, 0, Double::sum);
    return DoubleTensor.zip(exponentials, sums, (a, b) -> a / b);
  }

  private static Stream<Case> crossEntropy() {
    return shapes(2)
        .filter(shape -> shape.size() > 0)
        .map(shape -> {
          int examples = shape.length(0);
          int[] labels = numbersBelow(shape.length(1), examples);
          return new Case(
              List.of(new Operand(shape, ANY)),
              x -> new SoftmaxCrossEntropy(x.get(0), Indices.of(labels)),
              x -> {
                DoubleTensor probabilities = softmax(x.get(0));
                double surprise = 0;
                for (int i = 0; i < examples; i++) {
                  surprise -= Math.log(probabilities.at(i, labels[i]));
                }
                double mean = surprise / examples;
                return DoubleTensor.fill(new int[0], index -> mean);
              },
              ulpsOfOne(4));
        });
  }

  private static Stream<Case> matrixProduct() {
    return shapes(3)
        .flatMap(lengths ->
            subsets(2)
                .map(transposed -> {
                  int m = lengths.length(0);
                  int k = lengths.length(1);
                  int n = lengths.length(2);
                  return new Case(
                      List.of(matrix(m, k, transposed[0]), matrix(k, n, transposed[1])),
                      x -> new MatMul(x.get(0), x.get(1), transposed[0], transposed[1]),
                      x ->
                          product(
                              transposed[0] ? transpose(x.get(0)) : x.get(0),
                              transposed[1] ? transpose(x.get(1)) : x.get(1)),
                      ulpsOfOne(8));
                }));
  }

  private static Operand matrix(int rows, int columns, boolean transposed) {
    return new Operand(transposed ? Shape.of(columns, rows) : Shape.of(rows, columns), ANY);
  }

  private static DoubleTensor product(DoubleTensor a, DoubleTensor b) {
    return DoubleTensor.fill(
        new int[] {a.shape()[0], b.shape()[1]},
        index -> {
          double sum = 0;
          for (int k = 0; k < b.shape()[0]; k++) {
            sum += a.at(index[0], k) * b.at(k, index[1]);
          }
          return sum;
        });
  }

  private static DoubleTensor transpose(DoubleTensor x) {
    return DoubleTensor.fill(
        new int[] {x.shape()[1], x.shape()[0]}, index -> x.at(index[1], index[0]));
  }

  private static Stream<Case> affine() {
    return shapes(3)
        .map(lengths -> {
          int batch = lengths.length(0);
          int in = lengths.length(1);
          int out = lengths.length(2);
          return new Case(
              List.of(
                  new Operand(Shape.of(batch, in), ANY),
                  new Operand(Shape.of(out, in), ANY),
                  new Operand(Shape.of(out), ANY)),
              x -> new Affine(x.get(0), x.get(1), x.get(2)),
              x -> DoubleTensor.zip(product(x.get(0), transpose(x.get(1))), x.get(2), Double::sum),
              ulpsOfOne(8));
        });
  }

  private static Stream<Case> transpose() {
    return shapes(2)
        .map(shape ->
            new Case(
                List.of(new Operand(shape, ANY)),
                x -> new Transpose(x.get(0)),
                x -> transpose(x.get(0)),
                EXACT));
  }

  private static Stream<Case> reshape() {
    return pairs()
        .filter(pair -> pair.get(0).size() == pair.get(1).size())
        .map(pair ->
            new Case(
                List.of(new Operand(pair.get(0), ANY)),
                x -> new Reshape(x.get(0), pair.get(1)),
                x -> x.get(0).reshape(pair.get(1).toArray()),
                EXACT));
  }

  private static Stream<Case> broadcastTo() {
    return pairs()
        .filter(pair -> repeats(pair.get(0), pair.get(1)))
        .map(pair ->
            new Case(
                List.of(new Operand(pair.get(0), ANY)),
                x -> new BroadcastTo(x.get(0), pair.get(1)),
                x -> DoubleTensor.fill(pair.get(1).toArray(), x.get(0)::at),
                EXACT));
  }

  private static Stream<Case> gatherRows() {
    return rowsAndIndices((shape, rows) ->
        new Case(
            List.of(new Operand(shape, ANY)),
            x -> new GatherRows(x.get(0), Indices.of(rows)),
            x ->
                DoubleTensor.fill(
                    shape.with(0, rows.length).toArray(),
                    index -> {
                      int[] from = index.clone();
                      from[0] = rows[index[0]];
                      return x.get(0).at(from);
                    }),
            EXACT));
  }

  private static Stream<Case> scatterAddRows() {
    return rowsAndIndices((shape, rows) ->
        new Case(
            List.of(new Operand(shape.with(0, rows.length), ANY)),
            x -> new ScatterAddRows(x.get(0), Indices.of(rows), shape),
            x ->
                DoubleTensor.fill(
                    shape.toArray(),
                    index -> {
                      double sum = 0;
                      for (int i = 0; i < rows.length; i++) {
                        int[] from = index.clone();
                        from[0] = i;
                        sum += rows[i] == index[0] ? x.get(0).at(from) : 0;
                      }
                      return sum;
                    }),
            ulpsOfOne(4)));
  }

  private static Stream<Case> rowsAndIndices(BiFunction<Shape, int[], Case> entry) {
    return shapes()
        .filter(shape -> shape.rank() > 0)
        .flatMap(shape ->
            IntStream.rangeClosed(0, shape.length(0) == 0 ? 0 : 4)
                .mapToObj(n -> entry.apply(shape, numbersBelow(shape.length(0), n))));
  }

  // ---- shapes and settings

  private static Stream<Shape> shapes() {
    return IntStream.rangeClosed(0, 3).boxed().flatMap(OperationTable::shapes);
  }

  /** All shapes of this rank with axes of 0 to 4 elements. */
  private static Stream<Shape> shapes(int rank) {
    return rank == 0
        ? Stream.of(Shape.SCALAR)
        : shapes(rank - 1)
            .flatMap(outer -> IntStream.rangeClosed(0, 4).mapToObj(n -> append(outer, n)));
  }

  private static Shape append(Shape outer, int length) {
    int[] lengths = Arrays.copyOf(outer.toArray(), outer.rank() + 1);
    lengths[outer.rank()] = length;
    return Shape.of(lengths);
  }

  private static Stream<List<Shape>> pairs() {
    return shapes().flatMap(first -> shapes().map(second -> List.of(first, second)));
  }

  private static boolean broadcast(Shape a, Shape b) {
    return IntStream.rangeClosed(1, Math.min(a.rank(), b.rank()))
        .allMatch(fromEnd -> {
          int left = a.length(-fromEnd);
          int right = b.length(-fromEnd);
          return left == right || left == 1 || right == 1;
        });
  }

  private static boolean repeats(Shape narrow, Shape wide) {
    return narrow.rank() <= wide.rank()
        && IntStream.rangeClosed(1, narrow.rank())
            .allMatch(fromEnd -> {
              int length = narrow.length(-fromEnd);
              return length == 1 || length == wide.length(-fromEnd);
            });
  }

  /** All ways of choosing some of n things. */
  private static Stream<boolean[]> subsets(int n) {
    IntFunction<boolean[]> bits =
        number -> {
          boolean[] chosen = new boolean[n];
          for (int i = 0; i < n; i++) {
            chosen[i] = (number >> i & 1) == 1;
          }
          return chosen;
        };
    return IntStream.range(0, 1 << n).mapToObj(bits);
  }

  private static boolean reducesNothing(Shape shape, boolean[] axes) {
    return IntStream.range(0, axes.length).anyMatch(axis -> axes[axis] && shape.length(axis) == 0);
  }

  private static Axes axes(Shape shape, boolean[] chosen) {
    return Axes.of(shape, IntStream.range(0, chosen.length).filter(axis -> chosen[axis]).toArray());
  }

  private static int[] numbersBelow(int bound, int n) {
    return new SplittableRandom(31L * bound + n).ints(n, 0, Math.max(bound, 1)).toArray();
  }
}
