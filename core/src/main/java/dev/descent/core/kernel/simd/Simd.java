package dev.descent.core.kernel.simd;

import dev.descent.core.kernel.Machine;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape that every SIMD kernel uses. A constant of the class, because the compiler turns
 * vector operations into instructions only where it knows the shape.
 *
 * <p>It is the only one. As long as the JVM has met float vectors of one width alone, the compiler
 * knows what any float vector is. With a second width, be it half a vector in one kernel, it has to
 * go by what it has seen so far, and in some runs gets it wrong for good: then the loops of the
 * matrix product make an object of each vector, and a step takes three times as long.
 */
public final class Simd {
  /** Float vectors of the machine's or the chosen width. */
  public static final VectorSpecies<Float> FLOATS =
      switch (Machine.requestedVectorBits()) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        case 512 -> FloatVector.SPECIES_512;
        default -> FloatVector.SPECIES_PREFERRED;
      };

  /** Integer vectors of as many lanes. */
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** The number of floats in a vector. */
  public static final int LANES = FLOATS.length();

  /** Whether there are 32 vector registers, as AVX-512 and NEON have them, or 16. */
  public static final boolean HAS_32_REGISTERS =
      LANES >= 16 || System.getProperty("os.arch", "").equals("aarch64");

  private Simd() {}
}
