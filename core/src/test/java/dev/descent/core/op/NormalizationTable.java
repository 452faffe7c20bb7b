package dev.descent.core.op;

import static dev.descent.core.op.Case.Accuracy.ulpsOfOne;
import static dev.descent.core.op.Case.Numbers.ANY;

import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of {@link OperationTable} for normalisations: over one and two axes, over a batch. */
final class NormalizationTable {
  private static final float EPSILON = 0.125f;

  private NormalizationTable() {}

  static Stream<Case> cases() {
    return Stream.of(layerNorm(), rmsNorm(), batchNorm()).flatMap(cases -> cases);
  }

  private interface AlongRows {
    Case of(Shape shape, Shape row, boolean[] axes);
  }

  private static Stream<Case> alongRows(AlongRows entry) {
    return OperationTable.shapes()
        .filter(shape -> shape.rank() > 0)
        .flatMap(shape ->
            IntStream.rangeClosed(1, Math.min(2, shape.rank()))
                .mapToObj(normalised -> {
                  boolean[] axes = new boolean[shape.rank()];
                  Arrays.fill(axes, shape.rank() - normalised, shape.rank(), true);
                  return entry.of(shape, innermost(shape, normalised), axes);
                }));
  }

  private static Shape innermost(Shape shape, int axes) {
    int[] lengths = shape.toArray();
    return Shape.of(Arrays.copyOfRange(lengths, lengths.length - axes, lengths.length));
  }

  private static Stream<Case> layerNorm() {
    return alongRows((shape, row, axes) ->
        new Case(
            List.of(new Operand(shape, ANY), new Operand(row, ANY), new Operand(row, ANY)),
            x -> new LayerNorm(x.get(0), x.get(1), x.get(2), EPSILON),
            x -> affine(standard(centered(x.get(0), axes), axes), x.get(1), x.get(2)),
            ulpsOfOne(8)));
  }

  private static Stream<Case> rmsNorm() {
    return alongRows((shape, row, axes) ->
        new Case(
            List.of(new Operand(shape, ANY), new Operand(row, ANY)),
            x -> new RmsNorm(x.get(0), x.get(1), EPSILON),
            x -> DoubleTensor.zip(standard(x.get(0), axes), x.get(1), (n, w) -> n * w),
            ulpsOfOne(8)));
  }

  /** Matrices, sequences and images: channels are planes of one element, or of several. */
  private static Stream<Case> batchNorm() {
    return Stream.concat(
            OperationTable.shapes().filter(shape -> shape.rank() >= 2),
            Stream.of(Shape.of(3, 2, 2, 1), Shape.of(1, 2, 2, 3), Shape.of(0, 1, 2, 2)))
        .filter(shape -> shape.size() > 0 || shape.with(1, 1).size() > 0)
        .map(shape -> {
          Shape channels = Shape.of(shape.length(1));
          boolean[] axes = new boolean[shape.rank()];
          Arrays.fill(axes, true);
          axes[1] = false;
          int[] kept = new int[shape.rank() - 1];
          Arrays.fill(kept, 1);
          kept[0] = shape.length(1);
          return new Case(
              List.of(
                  new Operand(shape, ANY), new Operand(channels, ANY), new Operand(channels, ANY)),
              x -> BatchNorm.of(x.get(0), x.get(1), x.get(2), EPSILON),
              x ->
                  affine(
                      standard(centered(x.get(0), axes), axes),
                      x.get(1).reshape(kept),
                      x.get(2).reshape(kept)),
              ulpsOfOne(8));
        });
  }

  private static DoubleTensor affine(DoubleTensor x, DoubleTensor weight, DoubleTensor bias) {
    DoubleTensor weighted = DoubleTensor.zip(x, weight, (n, w) -> n * w);
    return DoubleTensor.zip(weighted, bias, Double::sum);
  }

  private static DoubleTensor centered(DoubleTensor x, boolean[] axes) {
    return DoubleTensor.zip(x, mean(x, axes), (a, m) -> a - m);
  }

  private static DoubleTensor standard(DoubleTensor x, boolean[] axes) {
    DoubleTensor squares = mean(x.map(a -> a * a), axes);
    return DoubleTensor.zip(x, squares, (a, v) -> a / Math.sqrt(v + EPSILON));
  }

  private static DoubleTensor mean(DoubleTensor x, boolean[] axes) {
    double size = 1;
    for (int axis = 0; axis < axes.length; axis++) {
      size *= axes[axis] ? x.shape()[axis] : 1;
    }
    double count = size;
    return x.reduce(axes, true, 0, Double::sum).map(sum -> sum / count);
  }
}
