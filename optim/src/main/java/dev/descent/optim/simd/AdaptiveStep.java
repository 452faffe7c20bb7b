package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Steps {@code -rate x / (root + epsilon)}, where the root is that of a sum or an average of
 * squares.
 *
 * <p>A processor's divider also computes its roots, and while it is busy with those the multipliers
 * have nothing to do. So the quotient is made of multiplications, right to 0.8 ulp, and has the
 * sign in which an optimizer steps, which saves an instruction. Another is saved by {@code root /
 * rate + epsilon / rate}: one multiply-add, as much as adding epsilon alone.
 *
 * @param rate for divisors of unusual size, as is epsilon
 * @param epsilon added to the root
 * @param perRate {@code 1 / rate}
 * @param epsilonPerRate epsilon / rate
 * @param isUsual whether, whatever the root, the sum of the two is of usual size
 */
record AdaptiveStep(
    float rate, float epsilon, float perRate, float epsilonPerRate, boolean isUsual) {
  /** These bits minus those of x are those of about -1 / x: 5.1 % off at most. */
  private static final int MINUS_RECIPROCAL = 0xfef311c7;

  static AdaptiveStep of(double rate, double epsilon) {
    float perRate = (float) (1 / rate);
    float epsilonPerRate = (float) (epsilon * perRate);
    boolean isUsual = perRate <= 0x1p50 && epsilonPerRate >= 0x1p-100 && epsilonPerRate <= 0x1p60;
    return new AdaptiveStep((float) rate, (float) epsilon, perRate, epsilonPerRate, isUsual);
  }

  /**
   * The step along x; 0 where root and epsilon are. One that is not finite, or has a root that is
   * not, may come out as NaN.
   */
  FloatVector along(FloatVector x, FloatVector root) {
    if (!isUsual) {
      FloatVector divisor = root.add(epsilon);
      return x.div(divisor).blend(0, divisor.eq(0)).mul(-rate);
    }
    // Halley's iteration leaves the cube of the guess's error, and Newton's the square of that.
    FloatVector divisor = root.fma(all(perRate), all(epsilonPerRate));
    FloatVector guess =
        IntVector.broadcast(INTS, MINUS_RECIPROCAL)
            .sub(divisor.reinterpretAsInts())
            .reinterpretAsFloats();
    FloatVector error = divisor.fma(guess, all(1));
    FloatVector inverse = error.fma(error, error).fma(guess, guess);
    FloatVector quotient = x.mul(inverse);
    return divisor.fma(quotient, x).fma(inverse, quotient);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
