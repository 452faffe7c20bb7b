package dev.descent.examples.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCommandTest {
  /** The weights and the gradients of the network, in megabytes. */
  private static final double LEAST = 2 * 51_986_984 * 4.0 / (1 << 20);

  @Test
  void takesStepsAndTellsTimeAndMemory() {
    Run run =
        Run.of(
            "vision", "step", "--json", "--batch-size", "1", "--steps", "2", "--optimizer", "sgd");

    List<Map<String, Object>> lines = JsonLines.of(run);
    Map<String, Object> result = JsonLines.result(run);
    assertThat(lines).hasSize(3);
    // Nothing is known of a thousand classes; the step of a single image makes it a little better.
    assertThat((double) lines.get(0).get("loss")).isCloseTo(Math.log(1000), within(0.3));
    assertThat((double) lines.get(1).get("loss")).isLessThan((double) lines.get(0).get("loss"));
    assertThat(result.get("secondsPerStep")).isEqualTo(lines.get(1).get("seconds"));
    assertThat((double) result.get("imagesPerSecond"))
        .isCloseTo(1 / (double) result.get("secondsPerStep"), within(1e-9));
    assertThat((double) result.get("peakMegabytes")).isGreaterThan(LEAST);
  }

  @Test
  void theMedianOfEvenAndOddNumbers() {
    assertThat(StepCommand.median(3, 1, 2)).isEqualTo(2);
    assertThat(StepCommand.median(4, 1, 2, 10)).isEqualTo(3);
  }

  @Test
  void readsWhatLinuxKeepsOfAProcess(@TempDir Path folder) throws Exception {
    Path status = folder.resolve("status");
    Files.writeString(status, "Name:\tjava\nVmPeak:\t 999 kB\nVmHWM:\t  2048 kB\nVmRSS:\t 77 kB\n");

    assertThat(PeakMemory.resident(status)).hasValue(2048 * 1024);
    assertThat(PeakMemory.resident(folder.resolve("none"))).isEmpty();
    assertThat(PeakMemory.taken()).isGreaterThan(Runtime.getRuntime().totalMemory() / 2);
  }
}
