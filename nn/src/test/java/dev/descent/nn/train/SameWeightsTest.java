package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise: one seed gives one set of weights, in every process, at every vector width and with
 * every number of threads, for every rule. Width and threads are fixed when a JVM starts, so each
 * setting has its own.
 */
class SameWeightsTest {
  /**
   * What every machine gives. A change of these lines is a change of what users' seeds give, to be
   * made on purpose and noted in the changelog.
   */
  private static final String EXPECTED =
      """
      gradients 20f678130c8cf0b1f24fa91e0ab82bb29ff30a9702656544d75d790d9cc74228
      sgd 1e2c5259870598aa4bbc228d4bcbc301ddad8a598657b041bf159b7770488ca4
      momentum df4602c88171451b85bca8e717beb75354b23e5020b03e13c6fe06900fef8507
      nesterov 872d474dea18d8cb1a99a1a77ba18647276873beb9efe9cae414f675e9eaf350
      adagrad 972fad2d2a4faf879e5f86ba5f5fb0dd348b340f7849e70a16163af759f4b940
      rmsprop 5cd4457756263c8cc183fe17af3469c078a1ec9db806edaac9907cfdb2bf2f97
      adadelta 28c8b91019212d3d19e0c0df97b83309aebb5e647c6fa9dc8bf92196755f2c90
      adam af9e0de956806751b9505b6b17aa9e765855c0e1a0228955b00b031e2d294266
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"128, 1", "256, 2", "512, 3", "256, 7"})
  void doNotDependOnVectorWidthOrThreads(int vectorBits, int threads) throws Exception {
    assertThat(train(vectorBits, threads)).isEqualTo(EXPECTED);
  }

  /**
   * The plain loops give the same gradients. The steps differ by rounding: there a rule runs on its
   * specification, in double.
   */
  @Test
  void plainLoopsGiveTheSameGradients() throws Exception {
    assertThat(train(0, 2).lines()).first().isEqualTo(EXPECTED.lines().findFirst().orElseThrow());
  }

  private String train(int vectorBits, int threads) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector",
                    "-Ddescent.vectorBits=" + vectorBits,
                    "-Ddescent.threads=" + threads,
                    "--class-path",
                    System.getProperty("java.class.path"),
                    SameWeights.class.getName()))
            .redirectError(err.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(Files.readString(err)).isZero();
    return out.replace("\r\n", "\n");
  }
}
