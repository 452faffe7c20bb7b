package dev.descent.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise: no vector width and no number of threads changes a result by a single bit. */
class SameBitsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  private record Setting(int vectorBits, int threads) {
    String digest() {
      ChildJvm.Result result =
          ChildJvm.run(
              SameBits.class,
              List.of(
                  MODULE, "-Ddescent.vectorBits=" + vectorBits, "-Ddescent.threads=" + threads));
      assertThat(result.exitCode()).describedAs(result.err()).isZero();
      return result.out();
    }
  }

  @Test
  void atEachWidthWithAnyNumberOfThreads() {
    List<Setting> settings =
        List.of(
            new Setting(0, 1),
            new Setting(0, 7),
            new Setting(128, 3),
            new Setting(256, 2),
            new Setting(512, 1),
            new Setting(512, 7));

    Map<Setting, String> digests =
        settings.parallelStream().collect(Collectors.toMap(each -> each, Setting::digest));

    String expected = digests.get(new Setting(0, 1));
    assertThat(expected).hasSize(64);
    assertThat(digests)
        .hasSize(6)
        .allSatisfy(
            (setting, digest) -> assertThat(digest).describedAs("%s", setting).isEqualTo(expected));
  }

  /** See {@link dev.descent.core.kernel.simd.Simd}: what is compiled is many times slower else. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void floatVectorsOfOneWidthAlone(int vectorBits) {
    ChildJvm.Result result =
        ChildJvm.run(
            SameBits.class,
            List.of(MODULE, "-Ddescent.vectorBits=" + vectorBits, "-Xlog:class+init=info"));

    assertThat(result.exitCode()).describedAs(result.err()).isZero();
    assertThat(
            Pattern.compile("Initializing '\\S+/Float(\\d+)Vector'")
                .matcher(result.out())
                .results()
                .map(width -> width.group(1)))
        .containsExactly("" + vectorBits);
  }

  @Test
  void withoutTheVectorModuleTheReferenceRunsAndSaysSoOnceUnlessItWasAskedFor() {
    ChildJvm.Result askedFor = ChildJvm.run(SameBits.class, List.of("-Ddescent.vectorBits=0"));
    ChildJvm.Result fallback = ChildJvm.run(SameBits.class, List.of());

    assertThat(askedFor.err()).isEmpty();
    assertThat(fallback.err())
        .isEqualTo(
            "descent: running without SIMD; start java with --add-modules jdk.incubator.vector"
                + " for full speed");
    assertThat(fallback.out()).isEqualTo(askedFor.out()).hasSize(64);
  }

  /** Each group of kernels asks for itself, so any of them may be the first. */
  @Test
  void aProgramThatOnlyConvolvesSaysItToo() {
    ChildJvm.Result fallback = ChildJvm.run(OnlyConvolution.class, List.of());

    assertThat(fallback.exitCode()).describedAs(fallback.err()).isZero();
    assertThat(fallback.err()).startsWith("descent: running without SIMD; ");
    assertThat(fallback.out()).isEqualTo("[9.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          descent.vectorBits | 1024 | one of [0, 128, 256, 512]
          descent.vectorBits | wide | one of [0, 128, 256, 512]
          descent.threads    | 0    | a whole number from 1 to 1024
          descent.threads    | 1025 | a whole number from 1 to 1024
          """)
  void aSettingThatIsNotAllowedIsNamed(String property, String value, String expected) {
    ChildJvm.Result result =
        ChildJvm.run(SameBits.class, List.of(MODULE, "-D" + property + "=" + value));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("system property " + property + " is " + value + "; expected " + expected);
  }
}
