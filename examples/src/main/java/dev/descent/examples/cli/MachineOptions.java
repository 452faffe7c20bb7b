package dev.descent.examples.cli;

import dev.descent.core.kernel.Machine;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Options of every command that computes: what the kernels run on. */
public final class MachineOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Threads.class,
      description = "Threads to compute with. Default: one per processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--vector-bits",
      paramLabel = "BITS",
      converter = VectorBits.class,
      description =
          "Width of the vectors: 128, 256 or 512, which give the same weights, or 0 for plain"
              + " loops. Default: the widest.")
  private @Nullable Integer vectorBits;

  /** For picocli. */
  public MachineOptions() {}

  /** Makes the choice. To be called before anything is computed: the kernels look once. */
  public void apply() {
    if (threads != null) {
      System.setProperty(Machine.THREADS_PROPERTY, threads.toString());
    }
    if (vectorBits != null) {
      System.setProperty(Machine.VECTOR_BITS_PROPERTY, vectorBits.toString());
    }
  }

  private static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Numbers.read(
          text, Integer::valueOf, n -> n >= 1 && n <= 1024, "a whole number from 1 to 1024");
    }
  }

  private static final class VectorBits implements ITypeConverter<Integer> {
    private static final Set<Integer> WIDTHS = Set.of(0, 128, 256, 512);

    @Override
    public Integer convert(String text) {
      return Numbers.read(text, Integer::valueOf, WIDTHS::contains, "0, 128, 256 or 512");
    }
  }
}
