package dev.descent.core.tensor;

import java.util.Arrays;

/**
 * Some of a shape's axes: what a reduction runs over. Normalised: ascending, counted from the
 * front, each once.
 */
public final class Axes {
  private final boolean[] chosen;

  private Axes(boolean[] chosen) {
    this.chosen = chosen;
  }

  /** Every axis of the shape. */
  public static Axes all(Shape shape) {
    boolean[] chosen = new boolean[shape.rank()];
    Arrays.fill(chosen, true);
    return new Axes(chosen);
  }

  /**
   * The named axes of the shape.
   *
   * @param axes negative ones count from the end
   * @throws IndexOutOfBoundsException if the shape has no such axis
   * @throws IllegalArgumentException if an axis is named twice
   */
  public static Axes of(Shape shape, int... axes) {
    boolean[] chosen = new boolean[shape.rank()];
    for (int axis : axes) {
      int fromFront = shape.axis(axis);
      if (chosen[fromFront]) {
        throw new IllegalArgumentException(
            "axes " + Arrays.toString(axes) + " of shape " + shape + " name one axis twice");
      }
      chosen[fromFront] = true;
    }
    return new Axes(chosen);
  }

  /** The axes along which the narrow shape is repeated when it is broadcast to the wide one. */
  public static Axes broadcast(Shape narrow, Shape wide) {
    boolean[] chosen = new boolean[wide.rank()];
    int missing = wide.rank() - narrow.rank();
    for (int axis = 0; axis < wide.rank(); axis++) {
      chosen[axis] = axis < missing || narrow.length(axis - missing) != wide.length(axis);
    }
    return new Axes(chosen);
  }

  /** Whether the axis, counted from the front, is among them. */
  public boolean contains(int axis) {
    return chosen[axis];
  }

  /**
   * The shape with these axes reduced to length 1.
   *
   * @throws IllegalArgumentException if these are axes of a shape of another rank
   */
  public Shape keptIn(Shape shape) {
    int[] lengths = lengths(shape);
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = chosen[axis] ? 1 : lengths[axis];
    }
    return Shape.of(lengths);
  }

  /**
   * The shape without these axes.
   *
   * @throws IllegalArgumentException if these are axes of a shape of another rank
   */
  public Shape removedFrom(Shape shape) {
    int[] lengths = lengths(shape);
    int rank = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      if (!chosen[axis]) {
        lengths[rank++] = lengths[axis];
      }
    }
    return Shape.of(Arrays.copyOf(lengths, rank));
  }

  /**
   * The number of elements that are reduced to one.
   *
   * @throws IllegalArgumentException if these are axes of a shape of another rank
   */
  public int reducedSize(Shape shape) {
    int[] lengths = lengths(shape);
    int size = 1;
    for (int axis = 0; axis < lengths.length; axis++) {
      size *= chosen[axis] ? lengths[axis] : 1;
    }
    return size;
  }

  private int[] lengths(Shape shape) {
    if (shape.rank() != chosen.length) {
      throw new IllegalArgumentException(
          "axes %s were chosen from %d, but shape %s has %d"
              .formatted(this, chosen.length, shape, shape.rank()));
    }
    return shape.toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Axes axes && Arrays.equals(chosen, axes.chosen);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(chosen);
  }

  /** The axes in brackets, counted from the front: {@code [0, 2]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < chosen.length; axis++) {
      if (chosen[axis]) {
        text.append(text.length() == 1 ? "" : ", ").append(axis);
      }
    }
    return text.append(']').toString();
  }
}
