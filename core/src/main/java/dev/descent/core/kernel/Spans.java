package dev.descent.core.kernel;

/** Along one axis, the elements that each output is the average of. */
public sealed interface Spans {
  /** The number of elements of the axis. */
  int length();

  /** The number of outputs. */
  int outputs();

  /** The first element of an output's span. */
  int from(int output);

  /** The element that an output's span ends before. */
  int to(int output);

  /** What the sum of the span is divided by. */
  int divisor(int output);

  /**
   * A window that slides: elements in the padding count as zeros, so all sums are divided by the
   * size, as PyTorch does unless told otherwise ({@code count_include_pad}).
   *
   * @param window of dilation 1
   * @param length the number of elements of the axis
   */
  record Sliding(Window window, int length) implements Spans {
    @Override
    public int outputs() {
      return window.positions(length);
    }

    @Override
    public int from(int output) {
      return Math.max(0, output * window.stride() - window.padding());
    }

    @Override
    public int to(int output) {
      return Math.min(length, output * window.stride() - window.padding() + window.size());
    }

    @Override
    public int divisor(int output) {
      return window.size();
    }
  }

  /**
   * As many outputs as asked for, whatever the length: output i averages the elements from {@code
   * floor(i length / outputs)} up to {@code ceil((i + 1) length / outputs)}, as in PyTorch.
   *
   * @param outputs the number of outputs
   * @param length the number of elements of the axis
   */
  record Adaptive(int outputs, int length) implements Spans {
    @Override
    public int from(int output) {
      return (int) ((long) output * length / outputs);
    }

    @Override
    public int to(int output) {
      return (int) Math.ceilDiv((output + 1L) * length, outputs);
    }

    @Override
    public int divisor(int output) {
      return to(output) - from(output);
    }
  }
}
