package dev.descent.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.kernel.simd.Simd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That each of the build's test runs really tests the width and the threads it is meant to. */
@Tag("widths")
class MachineTest {

  @Test
  void theKernelsHaveTheWidthThatWasAskedFor() {
    int requested = Integer.getInteger(Machine.VECTOR_BITS_PROPERTY, -1);

    assertThat(Machine.requestedVectorBits()).isEqualTo(requested);
    if (UnderTest.simd()) {
      int bits = Simd.FLOATS.vectorBitSize();
      assertThat(requested).isIn(-1, bits);
      assertThat(Simd.LANES).isEqualTo(bits / Float.SIZE);
      assertThat(Kernels.describe()).isEqualTo(bits + "-bit vectors");
    } else {
      assertThat(requested).isZero();
      assertThat(Kernels.describe()).isEqualTo("plain loops");
    }
  }

  @Test
  void thereAreAsManyThreadsAsWereAskedFor() {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(Machine.threads())
        .isEqualTo(Integer.getInteger(Machine.THREADS_PROPERTY, processors));
  }
}
