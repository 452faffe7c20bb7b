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
      convolutional adam 96924e9cef35082942bce1336438ee08d60b475a0aa86a81055af85cad731b9c
      recurrent gradients 24f97e7d72ba7b07e7d78489230e678e6c13e30d336a038f996d79b12d2b7c66
      recurrent adam bbfa5ec5510c95168d8fdd19f9c5cf7751eaaa1096ff69a8a3a1ff26c73e6b5c
      sgd 7aa9f8209646873b15c7275dcc24bd86e59df8b59c108871d2ccc821f1c91639
      momentum 8ec4e04d277cf75e418b13a71790cee5ebec5047c1a7db2e33cd559de30b13a5
      nesterov 40bed2201f7f86338cb70729f23e4a4b882f3f88ea158196b03f3a5c0da162d2
      adagrad bb82033e247606f590fe708a21f2ed6a8931e5644142959ee98df1920ef2ba05
      normalisedadagrad 8c9763777cc6fea633a84ab083e96512c463d562316a7437baaa891c15dd6123
      quarticadagrad 07732a0e67ad3390469237c2d9ee596bbfcced99da1a75e02929bd4367790deb
      rmsprop 8235616d1748b44acf6ec4dc798943a971f5e01ad1fbb95daae0f293dbbfa35d
      rmspropmomentum 90e250657b2bfb01a11b7b56a1348effbadc971937230753b61d43a014aaa3b9
      centeredrmsprop fe4f65544db19e87baecb1ae17e8ca4366a60dbb2672c00c66f69a7641197c04
      adadelta 596b60ec060f6ccc88f69181cc0df851c935637b78846af1232db483ef69c8dd
      adam dd2fc0b95fc800e87f888d63f5729c4125a6bcf9b42a3407ef9d76b2b15bb704
      adamw e341cb7acf52c2bc31d93dc899a44997c0b03f09e1e9c6798d568cfdc159fcf7
      amsgrad ae2b674ecf5a87afbdd9e1cf830bbfc72c6e27fae8df8c5d9ac09cf29d20a979
      adamax 47534456904f61b474d6926aab98cd67a592b176cbf401744e257d8e8a47013a
      nadam 8adc8b9bfdbcefa030aff59cf65bdd317c2457c7503dfec3da4a726ba6a77573
      radam 89bbfd5c67f40fc63e064b44b4283542de30c12a0a01100feb75b5bf2f4a6c82
      adabelief 39744942dc86c0f823db533b6ccf7bb85c672fe4e03d3c1184709da9a9120395
      yogi 935d471f8ec0c1bcacb6f4519de9520339afe646b43d22df50a1309a79551f33
      adan b5fca97300b3902e7fa9b3e1367c74a9d08a2ed1f0352d514998df3de4f6e05c
      lion 022fcca13ae20c38323d5001e674e18f9f96ac3ce28a37ed9172502eabc0bd10
      signsgd 11bae5551036fa658b4850f37f2bdb386c9b4308347bf68c250d8d1c998f27e2
      rprop c61f77b912eeb9125473645cc6e07f6951544c1c68083d4d8a7cffca887d3c17
      asgd 2f9adde222b05f35e87b5ededbb06795d2a132bad5806bb821ace4fcffbfdde5
      ftrl 42296e39e0ddde1ee7140a371cbbf036865ed0cac8f6d1242ecc1daeea3e15a2
      schedulefreesgd 4f28fbc5becef1b084b6a63858ae9c6f019f1d6695075263f0611338e3728697
      schedulefreeadamw b5a60c83b62983ab12a7c5f12f95cbc4610661bc873d1f9df6bb8f7d63e8c64b
      lars 1dd0ba0ca7a36431a174d8288639f2eab77f30a9abd8a8c745e91dcfdd5b5b49
      lamb 947e0951a1badc946eba8adff7e44bb187c1ccc9fb9082f579c194eac1bfdc2d
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
