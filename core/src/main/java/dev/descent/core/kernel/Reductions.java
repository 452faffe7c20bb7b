package dev.descent.core.kernel;

/**
 * Many elements to one.
 *
 * <p>The order of additions is fixed and the same for every vector width: element {@code i} is
 * added to virtual lane {@code i mod 64}, in ascending order, and the lanes are then added in
 * halves: lane {@code l} and lane {@code l + 32}, then {@code l + 16}, down to one.
 */
public interface Reductions {
  /** The number of virtual lanes of a sum. */
  int VIRTUAL_LANES = 64;

  /** The sum of n elements; 0 if there are none. */
  float sum(float[] x, int offset, int n);

  /** The greatest of n elements: NaN if one is, negative infinity if there are none. */
  float max(float[] x, int offset, int n);
}
