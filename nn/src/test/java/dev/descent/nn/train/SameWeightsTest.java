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
      gradients a082466b3b4eb0163c159e943f0ee6f1f5c16c7cb172989a9e091ed9f56957b7
      convolutional gradients 601689a192a9483a1c0b981897bf250421a2e94bf1443c59ea4eedb761592d74
      convolutional adam 7274de0047f1f4bf7aee76a23297566dd6c412ce18c0370298b91ee2aeef3d7c
      recurrent gradients 24f97e7d72ba7b07e7d78489230e678e6c13e30d336a038f996d79b12d2b7c66
      recurrent adam 6631ac97173b5599d3166bf3f9ab912f8a0d6a7d303e8082bd4c02f5d9152d0a
      sgd 7aa9f8209646873b15c7275dcc24bd86e59df8b59c108871d2ccc821f1c91639
      momentum 8ec4e04d277cf75e418b13a71790cee5ebec5047c1a7db2e33cd559de30b13a5
      nesterov 40bed2201f7f86338cb70729f23e4a4b882f3f88ea158196b03f3a5c0da162d2
      adagrad 54015471c73782d397e9d40289026e82a492e6a9518df07346b0a05b32deafd2
      normalisedadagrad 8c9763777cc6fea633a84ab083e96512c463d562316a7437baaa891c15dd6123
      quarticadagrad 07732a0e67ad3390469237c2d9ee596bbfcced99da1a75e02929bd4367790deb
      rmsprop 9b2445bcbbecda534fc151b0a1c0599154ebd7c85d37183db65eb246013c779c
      rmspropmomentum afff814adb6ebb32d4d1ff06c4c9c76a532f0ba834ebbccfe50e400084211ca1
      centeredrmsprop 7dd331c0fd08a32c1b5fa4f6c50b47b44a6b00f7360306048438bb416c38ca5d
      adadelta 596b60ec060f6ccc88f69181cc0df851c935637b78846af1232db483ef69c8dd
      adam 9af16f34d9f978710c247e768826e2f67d088948ee6574046827ab980b3bf7de
      adamw ff4170bec7f382212963d217b6e6d874adfaa865ebb81b364b1611101184634b
      amsgrad add868448fcb3d1025def99c11dfe3a39926fb78ea7dedef252036f90af96435
      adamax 47534456904f61b474d6926aab98cd67a592b176cbf401744e257d8e8a47013a
      nadam 83d678eeb52d944dff15e03eab8d5965dfaab8fcf9e81f588add8fe0deacd4f0
      radam 8bd0d02970d5bc5167c48b9d3eb8c63f0a38e5c5f623cad38565d95e66214654
      adabelief d5817e5eb025702ffcea03847999595cb23f4c1f7759b1bfd6b512a068c75d92
      yogi c8d687ab4490272fd65d06f4ca9702ee60cf7024264c0a5b84afa6aa39ec9db6
      adan 40116e6fd31778f53a381f1cdd1893bb2eebc58b1b1e1b768eb189bb54550aeb
      lion 022fcca13ae20c38323d5001e674e18f9f96ac3ce28a37ed9172502eabc0bd10
      signsgd 11bae5551036fa658b4850f37f2bdb386c9b4308347bf68c250d8d1c998f27e2
      rprop c61f77b912eeb9125473645cc6e07f6951544c1c68083d4d8a7cffca887d3c17
      asgd 2f9adde222b05f35e87b5ededbb06795d2a132bad5806bb821ace4fcffbfdde5
      ftrl 42296e39e0ddde1ee7140a371cbbf036865ed0cac8f6d1242ecc1daeea3e15a2
      schedulefreesgd 4f28fbc5becef1b084b6a63858ae9c6f019f1d6695075263f0611338e3728697
      schedulefreeadamw 5afbea6b13f2f88748de144e46aad4e5149a93d1b7971201af0d79895166a97e
      lars 1dd0ba0ca7a36431a174d8288639f2eab77f30a9abd8a8c745e91dcfdd5b5b49
      lamb 49f65d668e4a021a21b4dc4c3bc4b5fc43d1ce644fcbff01cf5e1e62e5a97696
      adafactor d1ada1a24284116f17b8bb69ecc1140faa737befd52768eafefd74d2b68f93aa
      muon bcb8197a07560d78ad00f1cc8357f7259b911dd1d29e3e4fa8fbe2f34433bb5e
      shampoo c422173e97b670e3d46226def1897adc61bf18b2785068eb0a2b67f60ebeaed6
      prodigy 529a83444c64c22a71a6131624a3ad12773672db10ceebf56fd44e60190b36db
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
    assertThat(gradients(train(0, 2))).hasSize(3).isEqualTo(gradients(EXPECTED));
  }

  private static List<String> gradients(String digests) {
    return digests.lines().filter(line -> line.contains("gradients")).toList();
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
