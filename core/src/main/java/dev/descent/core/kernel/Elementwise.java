package dev.descent.core.kernel;

/** Functions applied to each element of an array. */
public interface Elementwise {
  /**
   * {@code out[i] = function(in[i])} for n elements. The output may be the input.
   *
   * @param n how many elements, at least 0
   */
  void unary(Unary function, float[] in, int inOffset, float[] out, int outOffset, int n);

  /**
   * {@code out[i] = function(a[i * aStride], b[i * bStride])} for n elements. The output may be an
   * input that is walked along, from the same offset; not one whose first element is repeated.
   *
   * @param aStride 1 to walk along a, 0 to use its first element each time
   * @param bStride 1 to walk along b, 0 to use its first element each time
   * @param n how many elements, at least 0
   */
  void binary(
      Binary function,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int n);

  /**
   * {@code out[i] = condition[i] is not 0 ? a[i] : b[i]} for n elements. The output may be an
   * input, from the same offset.
   *
   * @param n how many elements, at least 0
   */
  void select(
      float[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] out,
      int outOffset,
      int n);
}
