package dev.descent.examples;

import dev.descent.core.kernel.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that computes: what the kernels run on. */
public final class MachineOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; default: one per processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--vector-bits",
      paramLabel = "BITS",
      description = "Vector width: 128, 256 or 512; 0 for plain loops; default: the widest.")
  private @Nullable Integer vectorBits;

  /** For picocli. */
  public MachineOptions() {}

  /**
   * Makes the choice. To be called before anything is computed: the kernels look once.
   *
   * @throws IllegalArgumentException if an option is outside its range
   */
  public void apply() {
    if (threads != null) {
      if (threads < 1 || threads > 1024) {
        throw new IllegalArgumentException("--threads is " + threads + "; expected 1 to 1024");
      }
      System.setProperty(Machine.THREADS_PROPERTY, threads.toString());
    }
    if (vectorBits != null) {
      switch (vectorBits) {
        case 0, 128, 256, 512 ->
            System.setProperty(Machine.VECTOR_BITS_PROPERTY, vectorBits.toString());
        default ->
            throw new IllegalArgumentException(
                "--vector-bits is " + vectorBits + "; expected 0, 128, 256 or 512");
      }
    }
  }
}
