package dev.descent.core.tensor;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes, outermost first: {@code [batch, in]}. A scalar has no axes. An
 * axis may have length zero. Immutable.
 */
public final class Shape {
  /** The shape of a single number: no axes, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] lengths;
  private final int size;

  private Shape(int[] lengths) {
    this.lengths = lengths;
    this.size = elements(lengths);
  }

  /**
   * The shape with these axes.
   *
   * @param lengths the length of each axis, outermost first, each at least zero
   * @throws IllegalArgumentException if a length is negative or there are more than {@link
   *     Integer#MAX_VALUE} elements
   */
  public static Shape of(int... lengths) {
    return lengths.length == 0 ? SCALAR : new Shape(lengths.clone());
  }

  private static int elements(int[] lengths) {
    long size = 1;
    for (int length : lengths) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(lengths) + " has a negative axis; expected lengths >= 0");
      }
      // Held at the first product that is too large, where an int times an int cannot overflow; an
      // empty axis may still come.
      size = Math.min(size, Integer.MAX_VALUE + 1L) * length;
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape "
              + Arrays.toString(lengths)
              + " is too large; expected at most 2^31 - 1 elements");
    }
    return (int) size;
  }

  /** The number of axes. */
  public int rank() {
    return lengths.length;
  }

  /** The number of elements: the product of all lengths, 1 for a scalar. */
  public int size() {
    return size;
  }

  /**
   * The length of one axis.
   *
   * @param axis 0 for the outermost; negative counts from the end, -1 is the innermost
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int length(int axis) {
    return lengths[axis(axis)];
  }

  /**
   * The axis counted from the front.
   *
   * @param axis an axis of this shape; negative counts from the end
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int axis(int axis) {
    int fromFront = axis < 0 ? axis + rank() : axis;
    if (fromFront < 0 || fromFront >= rank()) {
      String expected =
          rank() == 0 ? "a scalar has no axes" : "expected -%d to %d".formatted(rank(), rank() - 1);
      throw new IndexOutOfBoundsException(
          "axis %d of shape %s; %s".formatted(axis, this, expected));
    }
    return fromFront;
  }

  /** A copy of the lengths, outermost first. */
  public int[] toArray() {
    return lengths.clone();
  }

  /** This shape with one axis of another length. */
  public Shape with(int axis, int length) {
    int[] changed = lengths.clone();
    changed[axis(axis)] = length;
    return new Shape(changed);
  }

  /** This shape with one more axis outside all others. */
  public Shape prepend(int length) {
    int[] longer = new int[rank() + 1];
    longer[0] = length;
    System.arraycopy(lengths, 0, longer, 1, rank());
    return new Shape(longer);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int removed = axis(axis);
    int[] rest = new int[rank() - 1];
    System.arraycopy(lengths, 0, rest, 0, removed);
    System.arraycopy(lengths, removed + 1, rest, removed, rest.length - removed);
    return of(rest);
  }

  /**
   * The shape both broadcast to, by the rule of NumPy: aligned at the innermost axis, equal lengths
   * stay, a missing axis or one of length 1 is repeated.
   *
   * @param other the other operand's shape
   * @param operation the name for the error message
   * @throws ShapeException if two lengths differ and neither is 1
   */
  public Shape broadcast(Shape other, String operation) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(rank(), other.rank());
    int[] result = new int[rank];
    for (int axis = -1; axis >= -rank; axis--) {
      int mine = lengthOrOne(axis);
      int theirs = other.lengthOrOne(axis);
      if (mine != theirs && mine != 1 && theirs != 1) {
        throw new ShapeException(
            operation, this, other, "lengths " + mine + " and " + theirs + " do not broadcast");
      }
      result[rank + axis] = mine == 1 ? theirs : mine;
    }
    return of(result);
  }

  /** Whether a tensor of this shape can be repeated into the wider one without an error. */
  public boolean broadcastsTo(Shape wider) {
    if (rank() > wider.rank()) {
      return false;
    }
    for (int axis = -1; axis >= -rank(); axis--) {
      if (length(axis) != 1 && length(axis) != wider.length(axis)) {
        return false;
      }
    }
    return true;
  }

  private int lengthOrOne(int negativeAxis) {
    return -negativeAxis <= rank() ? length(negativeAxis) : 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** The lengths in brackets: {@code [32, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(lengths);
  }
}
