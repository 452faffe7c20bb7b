package dev.descent.core.kernel;

import java.util.Arrays;

/**
 * What the kernels run on. Read once, when the first kernel is needed, from two system properties;
 * constant from then on, so that the compiler can treat it as one.
 *
 * <table>
 *   <caption>System properties</caption>
 *   <tr><th>property</th><th>values</th><th>default</th></tr>
 *   <tr><td>{@code descent.vectorBits}</td>
 *       <td>128, 256, 512: the width of the SIMD kernels; 0: the reference kernels</td>
 *       <td>the widest that the processor has</td></tr>
 *   <tr><td>{@code descent.threads}</td><td>1 to 1024</td><td>one per processor</td></tr>
 * </table>
 *
 * <p>Neither changes a bit of what an operation gives.
 */
public final class Machine {
  /** The system property that chooses the kernels' vector width. */
  public static final String VECTOR_BITS_PROPERTY = "descent.vectorBits";

  /** The system property that chooses the number of threads. */
  public static final String THREADS_PROPERTY = "descent.threads";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private Machine() {}

  /** The width asked for: 0, 128, 256 or 512; or -1 for the widest. */
  public static int requestedVectorBits() {
    return setting(VECTOR_BITS_PROPERTY, -1, 0, 128, 256, 512);
  }

  /**
   * Whether the SIMD kernels run: not if the reference kernels are asked for, and not if the Vector
   * API's module is missing, which is said once on standard error.
   */
  public static boolean usesSimd() {
    return Choice.SIMD;
  }

  /** Made when the first kernel asks. */
  private static final class Choice {
    static final boolean SIMD = simd();

    private static boolean simd() {
      if (requestedVectorBits() == 0) {
        return false;
      }
      boolean possible = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
      if (!possible) {
        System.err.printf(
            "descent: running without SIMD; start java with --add-modules %s for full speed%n",
            VECTOR_MODULE);
      }
      return possible;
    }
  }

  /** The number of threads that kernels may use, the calling one included. */
  public static int threads() {
    return Parallel.THREADS;
  }

  static int requestedThreads() {
    return setting(THREADS_PROPERTY, Runtime.getRuntime().availableProcessors());
  }

  private static int setting(String property, int ifAbsent, int... allowed) {
    String text = System.getProperty(property);
    if (text == null) {
      return ifAbsent;
    }
    try {
      int value = Integer.parseInt(text.trim());
      boolean known = allowed.length == 0 && value >= 1 && value <= 1024;
      if (known || Arrays.stream(allowed).anyMatch(a -> a == value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below: a word and a number that is not allowed are the same mistake.
    }
    String expected =
        allowed.length == 0
            ? "a whole number from 1 to 1024"
            : "one of " + Arrays.toString(allowed);
    throw new IllegalArgumentException(
        "system property " + property + " is " + text + "; expected " + expected);
  }
}
