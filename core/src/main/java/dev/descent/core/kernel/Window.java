package dev.descent.core.kernel;

/**
 * How a window slides along one axis, as in PyTorch's convolutions and poolings: it covers {@code
 * size} elements that are {@code dilation} apart, moves by {@code stride}, and begins {@code
 * padding} elements before the first.
 *
 * @param size how many elements it covers, at least 1
 * @param stride the distance from one position to the next, at least 1
 * @param padding how many elements are imagined before the first and behind the last, at least 0
 * @param dilation the distance between the elements it covers, at least 1
 */
public record Window(int size, int stride, int padding, int dilation) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Window {
    check("size", size, 1);
    check("stride", stride, 1);
    check("padding", padding, 0);
    check("dilation", dilation, 1);
  }

  private static void check(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "a window's %s is %d; expected at least %d".formatted(name, value, least));
    }
  }

  /** A window that moves by one and stays inside. */
  public static Window of(int size) {
    return new Window(size, 1, 0, 1);
  }

  /** The same with another stride. */
  public Window stride(int distance) {
    return new Window(size, distance, padding, dilation);
  }

  /** The same with another padding. */
  public Window padding(int elements) {
    return new Window(size, stride, elements, dilation);
  }

  /** The same with another dilation. */
  public Window dilation(int distance) {
    return new Window(size, stride, padding, distance);
  }

  /** From the first element it covers to the last, both included. */
  public int span() {
    return Math.addExact(Math.multiplyExact(size - 1, dilation), 1);
  }

  /**
   * The number of positions along an axis; 0 if the window does not fit.
   *
   * @param length the number of elements of the axis
   */
  public int positions(int length) {
    long room = length + 2L * padding - span();
    return room < 0 ? 0 : Math.toIntExact(room / stride + 1);
  }
}
