package dev.descent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it: a process of its own, on the module path. */
@Timeout(120)
class ProcessTest {
  private static final List<String> NO_OPTIONS = List.of();

  @Test
  void tellsPeopleHowItWent() throws Exception {
    Run run =
        Run.inProcess(
            List.of("-Dstdout.encoding=UTF-8", "-Duser.language=de"),
            "mnist --hidden 32 --epochs 2 --threads 1".split(" "));

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .matches(
            """
            network    784-32-10, relu, dropout 0\\.5: 25,450 parameters
            optimizer  Adam\\[beta1=0\\.9, beta2=0\\.999, epsilon=1\\.0E-8], learning rate 0\\.001
            machine    [\\w -]+, 1 thread
            data       10,000 training images, 2,000 test images

            epoch  train loss  train accuracy  test accuracy  seconds
                1 +\\d\\.\\d{4} +\\d\\d\\.\\d\\d % +\\d\\d\\.\\d\\d % +\\d+\\.\\d\\d
                2 +\\d\\.\\d{4} +\\d\\d\\.\\d\\d % +\\d\\d\\.\\d\\d % +\\d+\\.\\d\\d

            digit   as 0  as 1  as 2  as 3  as 4  as 5  as 6  as 7  as 8  as 9     right
            (    \\d ( +(\\d+|\\.)){10} +\\d+\\.\\d\\d %
            ){10}
            misread, for example
            image \\d+: \\d read as \\d +image \\d+: \\d read as \\d
            ([ ▀▄█]+
            ){5,14}
            test accuracy      \\d\\d\\.\\d\\d %
            train seconds      \\d+\\.\\d\\d
            images per second  [\\d,]+
            weights sha256  [0-9a-f]{64}
            """
                .replace("\n", "\\R"));
    List<String> lines = run.out().lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(lines).allSatisfy(line -> assertThat(line).isEqualTo(line.stripTrailing()));
    assertThat(lines.subList(5, 8)).extracting(String::length).containsOnly(57);
    assertThat(lines.subList(9, 20)).extracting(String::length).containsOnly(76);
  }

  @Test
  void drawsWithLettersWhereTheTerminalHasNoBlocks() throws Exception {
    Run run =
        Run.inProcess(
            List.of("-Dstdout.encoding=US-ASCII"),
            "mnist --hidden none --epochs 1 --threads 1".split(" "));

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.out().chars()).allMatch(c -> c < 128);
    assertThat(run.out()).contains("read as").contains("###").doesNotContain("?");
  }

  @Test
  void neitherVectorWidthNorThreadsChangeTheWeights() throws Exception {
    String options = "mnist --json --hidden 64 --epochs 1";

    Run narrow = Run.inProcess(NO_OPTIONS, (options + " --vector-bits 128 --threads 1").split(" "));
    Run wide = Run.inProcess(NO_OPTIONS, (options + " --vector-bits 512 --threads 3").split(" "));

    assertThat(narrow.out()).contains("weightsSha256");
    assertThat(weights(narrow)).isEqualTo(weights(wide));
  }

  private static String weights(Run run) {
    return run.out().substring(run.out().indexOf("\"weightsSha256\""));
  }

  @Test
  void badInputIsOneLineAndExitCodeTwo() throws Exception {
    Run run = Run.inProcess(NO_OPTIONS, "mnist", "--data", "/no/such/directory");

    assertThat(run.err())
        .isEqualTo(
            "descent mnist: /no/such/directory: no such directory; expected one with the four MNIST"
                + " files, train-images-idx3-ubyte and the others"
                + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void tooLittleMemoryIsOneLine() throws Exception {
    Run run = Run.inProcess(List.of("-Xmx100m"), "mnist", "--hidden", "40000");

    assertThat(run.err())
        .matches("descent: not enough memory, Java may use \\d+ MB here; .*-Xmx8g\\R");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  /** As in {@code descent mnist --json | head -1}. */
  @Test
  void stopsWhenNobodyReadsOn(@TempDir Path folder) throws Exception {
    Path err = folder.resolve("err");
    Process process =
        Run.start(err, NO_OPTIONS, "mnist --json --hidden none --epochs 100000".split(" "));
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).startsWith("{\"epoch\":1,");
    }

    boolean ended = process.waitFor(60, SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Run.withoutRemark(err))
        .isEqualTo(
            "descent mnist: standard output takes no more: its reader has gone, or the disk is full"
                + System.lineSeparator());
    assertThat(Files.size(err)).isLessThan(200);
  }
}
