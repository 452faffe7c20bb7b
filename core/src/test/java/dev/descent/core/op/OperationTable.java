package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.EXACT;
import static dev.descent.core.op.Case.Accuracy.ulps;
import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;
import static dev.descent.core.op.Case.Numbers.BETWEEN;
import static dev.descent.core.op.Case.Numbers.CLAMPED;
import static dev.descent.core.op.Case.Numbers.DISTINCT;
import static dev.descent.core.op.Case.Numbers.FEW;
import static dev.descent.core.op.Case.Numbers.NONZERO;
import static dev.descent.core.op.Case.Numbers.POSITIVE;

import dev.descent.core.autodiff.Checkpoint;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.reference.NormalDistribution;
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
            unary(Sigmoid::new, ANY, x -> sigmoid(x), ulps(2)),
            unary(Abs::new, NONZERO, Math::abs, EXACT),
            unary(Rsqrt::new, POSITIVE, x -> 1 / Math.sqrt(x), ulps(1.5)),
            unary(Expm1::new, ANY, Math::expm1, ulps(2)),
            unary(Log1p::new, POSITIVE, Math::log1p, ulps(2)),
            unary(Sin::new, ANY, Math::sin, ulps(2)),
            unary(Cos::new, ANY, Math::cos, ulps(2)),
            unary(Erf::new, ANY, NormalDistribution::erf, ulps(2)),
            unary(Gelu::new, ANY, x -> x * NormalDistribution.cumulative(x), ulps(8)),
            unary(GeluSlope::new, ANY, OperationTable::geluSlope, ulpsOfOne(4)),
            unary(GeluTanh::new, ANY, OperationTable::geluTanh, ulps(8)),
            unary(Silu::new, ANY, x -> x * sigmoid(x), ulps(3)),
            unary(Softplus::new, ANY, x -> Math.log1p(Math.exp(x)), ulps(3)),
            unary(x -> new LeakyRelu(x, 0.25f), NONZERO, x -> x > 0 ? x : x / 4, EXACT),
            unary(x -> new Elu(x, 1.5f), NONZERO, x -> x > 0 ? x : 1.5 * Math.expm1(x), ulps(3)),
            unary(
                x -> new Clamp(x, -1 / 4f, 15 / 32f),
                CLAMPED,
                x -> Math.clamp(x, -1 / 4., 15 / 32.),
                EXACT),
            binary(Add::new, ANY, ANY, (a, b) -> a + b),
            binary(Subtract::new, ANY, ANY, (a, b) -> a - b),
            binary(Multiply::new, ANY, ANY, (a, b) -> a * b),
            binary(Divide::new, ANY, NONZERO, (a, b) -> a / b),
            binary(Gate::new, ANY, NONZERO, (a, b) -> b > 0 ? a : 0),
            binary(Equal::new, FEW, FEW, (a, b) -> a == b ? 1 : 0),
            binary(Greater::new, FEW, BETWEEN, (a, b) -> a > b ? 1 : 0),
            binary(AtLeast::new, FEW, BETWEEN, (a, b) -> a >= b ? 1 : 0),
            binary(Maximum::new, FEW, BETWEEN, Math::max),
            binary(Minimum::new, FEW, BETWEEN, Math::min),
            binary(Power::new, POSITIVE, ANY, Math::pow),
            where(),
            reduction(Sum::new, ANY, 0, Double::sum, ulpsOfOne(16)),
            reduction(Max::new, DISTINCT, Double.NEGATIVE_INFINITY, Math::max, EXACT),
            logSumExp(),
            alongRows(Softmax::new, OperationTable::softmax, ulps(6)),
            alongRows(LogSoftmax::new, x -> softmax(x).map(Math::log), ulpsOfOne(4)),
            crossEntropy(),
            NormalizationTable.cases(),
            AttentionTable.cases(),
            matrixProduct(),
            matrixProducts(),
            affine(),
            transpose(),
            reshape(),
            broadcastTo(),
            gatherRows(),
            scatterAddRows(),
            ConvolutionTable.cases(),
            PoolingTable.cases(),
            rectified(),
            RecurrentTable.cases(),
            permute(),
            slice(),
            pad(),
            concatenate(),
            gather(),
            scatterAdd(),
            checkpoint())
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

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double geluSlope(double x) {
    return NormalDistribution.cumulative(x) + x * NormalDistribution.density(x);
  }

  private static double geluTanh(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static Stream<Case> where() {
    return pairs()
        .filter(pair -> broadcast(pair.get(0), pair.get(1)))
        .flatMap(pair ->
            Stream.of(
                where(pair.get(0), pair.get(1), Shape.SCALAR),
                where(Shape.of(1), pair.get(0), pair.get(1))));
  }

  /**
   * The conditions are -1, 0 and 1; a step of a difference quotient away from 0 still counts as 0.
   */
  private static Case where(Shape condition, Shape left, Shape right) {
    return new Case(
        List.of(new Operand(condition, FEW), new Operand(left, ANY), new Operand(right, ANY)),
        x -> new Where(x.get(0), x.get(1), x.get(2)),
        x -> {
          DoubleTensor chosen =
              DoubleTensor.zip(x.get(0), x.get(1), (c, a) -> Math.abs(c) > 0.5 ? a : Double.NaN);
          return DoubleTensor.zip(chosen, x.get(2), (a, b) -> Double.isNaN(a) ? b : a);
        },
        EXACT);
  }

  private static Stream<Case> logSumExp() {
    return shapes()
        .flatMap(shape ->
            subsets(shape.rank())
                .filter(axes -> !reducesNothing(shape, axes))
                .map(axes ->
                    new Case(
                        List.of(new Operand(shape, ANY)),
                        x -> new LogSumExp(x.get(0), axes(shape, axes), shape.rank() == 2),
                        x ->
                            x.get(0)
                                .map(Math::exp)
                                .reduce(axes, shape.rank() == 2, 0, Double::sum)
                                .map(Math::log),
                        ulpsOfOne(4))));
  }

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

  /** Several matrices at once: as many of both, one for all, one axis for each. */
  private static Stream<Case> matrixProducts() {
    List<List<Shape>> counts =
        List.of(
            List.of(Shape.of(2), Shape.of(2)),
            List.of(Shape.of(3), Shape.of(1)),
            List.of(Shape.SCALAR, Shape.of(2)),
            List.of(Shape.of(2, 1), Shape.of(2)),
            List.of(Shape.of(1, 2), Shape.of(3, 1)),
            List.of(Shape.of(0), Shape.of(1)));
    return counts.stream()
        .flatMap(count ->
            shapes(3)
                .filter(lengths -> lengths.size() % 4 == 2 || lengths.size() == 0)
                .flatMap(lengths ->
                    subsets(2).map(transposed -> matrixProducts(count, lengths, transposed))));
  }

  private static Case matrixProducts(List<Shape> count, Shape lengths, boolean[] transposed) {
    int m = lengths.length(0);
    int k = lengths.length(1);
    int n = lengths.length(2);
    Shape left = append(append(count.get(0), transposed[0] ? k : m), transposed[0] ? m : k);
    Shape right = append(append(count.get(1), transposed[1] ? n : k), transposed[1] ? k : n);
    Shape both = count.get(0).broadcast(count.get(1), "test");
    return new Case(
        List.of(new Operand(left, ANY), new Operand(right, ANY)),
        x -> new MatMul(x.get(0), x.get(1), transposed[0], transposed[1]),
        x ->
            DoubleTensor.fill(
                append(append(both, m), n).toArray(),
                index -> {
                  double sum = 0;
                  for (int i = 0; i < k; i++) {
                    sum +=
                        x.get(0).at(matrixIndex(index, index[index.length - 2], i, transposed[0]))
                            * x.get(1)
                                .at(matrixIndex(index, i, index[index.length - 1], transposed[1]));
                  }
                  return sum;
                }),
        ulpsOfOne(8));
  }

  private static int[] matrixIndex(int[] result, int row, int column, boolean transposed) {
    int[] index = result.clone();
    index[index.length - 2] = transposed ? column : row;
    index[index.length - 1] = transposed ? row : column;
    return index;
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

  /** All that can be rectified, where no result is so near to zero that there is no slope. */
  private static Stream<Case> rectified() {
    return Stream.of(affine(), ConvolutionTable.cases(), PoolingTable.cases())
        .flatMap(cases -> cases)
        .filter(test -> {
          Op operation = test.on(test.draw());
          return operation instanceof Affine
              || (operation instanceof Conv2d convolution && convolution.bias() != null)
              || operation instanceof MaxPool2d;
        })
        .map(test ->
            new Case(
                test.operands(),
                x -> new Rectified(test.on(x)),
                x -> test.exactly(x).map(y -> Math.max(y, 0)),
                test.accuracy()))
        .filter(test -> {
          float[] results = ((Rectified) test.on(test.draw())).operation().evaluate().toArray();
          return IntStream.range(0, results.length).noneMatch(i -> Math.abs(results[i]) < 0.01);
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

  private static Stream<Case> permute() {
    return shapes()
        .flatMap(shape ->
            permutations(shape.rank())
                .map(order ->
                    new Case(
                        List.of(new Operand(shape, ANY)),
                        x -> new Permute(x.get(0), Indices.of(order)),
                        x ->
                            DoubleTensor.fill(
                                IntStream.of(order).map(shape::length).toArray(),
                                index -> {
                                  int[] from = new int[order.length];
                                  for (int axis = 0; axis < order.length; axis++) {
                                    from[order[axis]] = index[axis];
                                  }
                                  return x.get(0).at(from);
                                }),
                        EXACT)));
  }

  private static Stream<int[]> permutations(int n) {
    return n == 0
        ? Stream.of(new int[0])
        : permutations(n - 1)
            .flatMap(shorter ->
                IntStream.range(0, n)
                    .mapToObj(place -> {
                      int[] longer = new int[n];
                      for (int i = 0; i < n; i++) {
                        longer[i] = i == place ? n - 1 : shorter[i < place ? i : i - 1];
                      }
                      return longer;
                    }));
  }

  /** A window that begins a third into each axis and leaves one out at the end where it can. */
  private static Stream<Case> slice() {
    return shapes()
        .map(shape -> {
          int[] from = IntStream.of(shape.toArray()).map(length -> length / 3).toArray();
          int[] lengths =
              IntStream.of(shape.toArray())
                  .map(length -> length - length / 3 - (length > 2 ? 1 : 0))
                  .toArray();
          return new Case(
              List.of(new Operand(shape, ANY)),
              x -> new Slice(x.get(0), Indices.of(from), Shape.of(lengths)),
              x -> DoubleTensor.fill(lengths, index -> x.get(0).at(moved(index, from, 1))),
              EXACT);
        });
  }

  private static Stream<Case> pad() {
    return shapes()
        .map(shape -> {
          int[] before = IntStream.range(0, shape.rank()).map(axis -> axis % 2).toArray();
          int[] lengths = IntStream.of(shape.toArray()).map(length -> length + 1).toArray();
          return new Case(
              List.of(new Operand(shape, ANY)),
              x -> new Pad(x.get(0), Indices.of(before), Shape.of(lengths)),
              x ->
                  DoubleTensor.fill(
                      lengths,
                      index -> {
                        int[] inside = moved(index, before, -1);
                        boolean isInside =
                            IntStream.range(0, inside.length)
                                .allMatch(
                                    axis -> inside[axis] >= 0 && inside[axis] < shape.length(axis));
                        return isInside ? x.get(0).at(inside) : 0;
                      }),
              EXACT);
        });
  }

  private static int[] moved(int[] index, int[] by, int sign) {
    return IntStream.range(0, index.length).map(axis -> index[axis] + sign * by[axis]).toArray();
  }

  private static Stream<Case> concatenate() {
    return withAxis((shape, axis) -> {
      int length = shape.length(axis);
      return new Case(
          List.of(
              new Operand(shape, ANY),
              new Operand(shape.with(axis, 2), ANY),
              new Operand(shape, ANY)),
          x -> new Concatenate(x, axis),
          x ->
              DoubleTensor.fill(
                  shape.with(axis, 2 * length + 2).toArray(),
                  index -> {
                    int[] from = index.clone();
                    int along = index[axis];
                    int part = along < length ? 0 : along < length + 2 ? 1 : 2;
                    from[axis] -= part == 0 ? 0 : part == 1 ? length : length + 2;
                    return x.get(part).at(from);
                  }),
          EXACT);
    });
  }

  private static Stream<Case> gather() {
    return withAxisAndIndices((shape, axis, chosen, indices) ->
        new Case(
            List.of(new Operand(shape, ANY)),
            x -> new Gather(x.get(0), axis, Indices.of(indices), chosen),
            x -> {
              int[] next = {0};
              return DoubleTensor.fill(
                  chosen.toArray(),
                  index -> {
                    int[] from = index.clone();
                    from[axis] = indices[next[0]++];
                    return x.get(0).at(from);
                  });
            },
            EXACT));
  }

  private static Stream<Case> scatterAdd() {
    return withAxisAndIndices((shape, axis, chosen, indices) ->
        new Case(
            List.of(new Operand(chosen, ANY)),
            x -> new ScatterAdd(x.get(0), axis, Indices.of(indices), shape),
            x ->
                DoubleTensor.fill(
                    shape.toArray(),
                    index -> {
                      double[] sum = {0};
                      int[] next = {0};
                      DoubleTensor.fill(
                          chosen.toArray(),
                          from -> {
                            int[] to = from.clone();
                            to[axis] = indices[next[0]++];
                            sum[0] += Arrays.equals(to, index) ? x.get(0).at(from) : 0;
                            return 0;
                          });
                      return sum[0];
                    }),
            ulpsOfOne(4)));
  }

  private interface WithIndices {
    Case of(Shape shape, int axis, Shape chosen, int[] indices);
  }

  private static Stream<Case> withAxisAndIndices(WithIndices entry) {
    return withAxis((shape, axis) -> {
      Shape chosen = shape.with(axis, shape.length(axis) == 0 ? 0 : shape.rank());
      return entry.of(shape, axis, chosen, numbersBelow(shape.length(axis), chosen.size()));
    });
  }

  private static Stream<Case> withAxis(BiFunction<Shape, Integer, Case> entry) {
    return shapes()
        .flatMap(
            shape -> IntStream.range(0, shape.rank()).mapToObj(axis -> entry.apply(shape, axis)));
  }

  private static Stream<Case> checkpoint() {
    return shapes()
        .map(shape ->
            new Case(
                List.of(new Operand(shape, ANY), new Operand(shape, ANY)),
                x ->
                    new Checkpoint(
                        inner -> inner.get(0).times(inner.get(1)).sin(), x, List.of(), shape),
                x -> DoubleTensor.zip(x.get(0), x.get(1), (a, b) -> Math.sin(a * b)),
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

  static Stream<Shape> shapes() {
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
