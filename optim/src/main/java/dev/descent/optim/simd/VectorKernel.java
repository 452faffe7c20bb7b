package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.simd.Simd;
import dev.descent.optim.UpdateKernel;
import java.util.Arrays;

/**
 * A kernel that computes whole vectors only. What is left at the end of a range, and before the
 * first cache line of a large one, is copied into arrays of one vector's length, updated there by
 * the same loop, and copied back: one expression for every lane, and no masks.
 */
interface VectorKernel extends UpdateKernel {
  /** From so many on, coordinates come from memory and not from a cache. */
  int LARGE = 1 << 19;

  /**
   * The first element that a cache line of 64 bytes begins with, behind a header of 16 bytes, where
   * the array begins a region of the heap: there collectors with regions, such as the JVM's own
   * choice, put large arrays. From memory, vectors that lie across two lines take a third longer.
   */
  int LINE_START = 12;

  /**
   * Updates whole vectors; otherwise as {@link UpdateKernel#update}.
   *
   * @param length a multiple of the number of lanes
   */
  void vectors(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step);

  /**
   * The same with the rule's common numbers, for kernels that need them: see {@link CommonKernel}.
   *
   * @param length a multiple of the number of lanes
   */
  default void vectors(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step,
      double[] common) {
    vectors(ps, pAt, gs, gAt, slots, at, length, lr, step);
  }

  @Override
  default void update(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step,
      double... common) {
    int head = length < LARGE ? 0 : Math.floorMod(LINE_START - pAt, LANES);
    part(ps, pAt, gs, gAt, slots, at, head, lr, step, common);
    int end = head + Simd.FLOATS.loopBound(length - head);
    if (end > head) {
      vectors(ps, pAt + head, gs, gAt + head, slots, at + head, end - head, lr, step, common);
    }
    part(ps, pAt + end, gs, gAt + end, slots, at + end, length - end, lr, step, common);
  }

  /** Updates less than a vector. */
  private void part(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step,
      double... common) {
    if (length > 0) {
      Part part = Part.OF_THREAD.get();
      part.copyIn(ps, pAt, gs, gAt, slots, at, length);
      vectors(part.ps, 0, part.gs, 0, part.slots, 0, LANES, lr, step, common);
      part.copyOut(ps, pAt, slots, at, length);
    }
  }

  /** Room for an end of a range. */
  final class Part {
    private static final ThreadLocal<Part> OF_THREAD = ThreadLocal.withInitial(Part::new);

    private final float[] ps = new float[LANES];
    private final float[] gs = new float[LANES];
    private float[][] slots = {};

    private void copyIn(
        float[] fromPs, int pAt, float[] fromGs, int gAt, float[][] fromSlots, int at, int n) {
      if (slots.length < fromSlots.length) {
        slots = new float[fromSlots.length][LANES];
      }
      copyIn(fromPs, pAt, ps, n);
      copyIn(fromGs, gAt, gs, n);
      for (int i = 0; i < fromSlots.length; i++) {
        copyIn(fromSlots[i], at, slots[i], n);
      }
    }

    /** The lanes beyond n are computed too; zeros, so that they cost no more than others. */
    private static void copyIn(float[] from, int at, float[] to, int n) {
      System.arraycopy(from, at, to, 0, n);
      Arrays.fill(to, n, LANES, 0);
    }

    private void copyOut(float[] toPs, int pAt, float[][] toSlots, int at, int n) {
      System.arraycopy(ps, 0, toPs, pAt, n);
      for (int i = 0; i < toSlots.length; i++) {
        System.arraycopy(slots[i], 0, toSlots[i], at, n);
      }
    }
  }
}
