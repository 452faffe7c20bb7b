package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.law.Precision;
import dev.descent.optim.rule.Rules;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same bits everywhere: each rule's parameters and state after 12 steps, as a digest. Kernels
 * give one digest at every vector width, for any number of threads and on every machine; the
 * specifications, which run where there are no kernels, give another.
 */
class BitsTest {
  private static final int STEPS = 12;

  @ParameterizedTest
  @CsvSource({
    // rule, kernels, specification
    "sgd, ab4787183c54ef53, d1656ea065fe9216",
    "momentum, e24ee7a07468be1b, d6b33006035e7f39",
    "nesterov, 0e1ecc45e1365895, 77bf939ef69fa707",
    "adagrad, 61dcabe10ad6911d, 41e7d1238a82f6b3",
    "rmsprop, 118ce4c3294128fb, 8b81fd89aefa32dc",
    "adadelta, ca01fe5f45e41dec, ce6a5b604b9e53b7",
    "adam, b46b2441760f67c8, e8afaff494934139",
    "rmspropmomentum, 14e212aaed3556a0, c62f05f37daef50b",
    "centeredrmsprop, e91ec7c3a88e9143, 471721f2f15bb1d4",
    "adamw, ec299c404027ff4d, 28a36ed8892a0b76",
    "amsgrad, be6292673ed04034, 66fea9c8fb298d7e",
    "adamax, b22c9eecd6e51977, 18f32535084dcdba",
    "radam, b456909caf5cdef0, f3cc0e87de7f1840",
    "adabelief, 8b93c83afae6a37c, 68efbdeac85cd117",
    "yogi, 8251411298a19be1, 4f7a3b19d82b0596",
    "adan, aca2ecc5ec8fa8dc, f9bee1ffa8918917",
    "lion, 3a6c7e6e2055c0e1, 25027cc06963d259",
    "signsgd, 66934efa57e3abe3, 361663510e5b0a59",
    "rprop, b9cf1ed6dcf4ae48, 7995655357de7c1b",
    "normalisedadagrad, 168d6c5115971548, e4284c268d79b666",
    "quarticadagrad, fb713de8929450a6, 13e8d75b8956df46",
    "nadam, cf3c0b7caa62072b, 0f5911b745e4e829",
    "asgd, 374bf3aa14da0d7f, a337ceb92bed788f",
    "ftrl, dd4a0a020cd45589, 969a2310a9fe8220",
    "schedulefreesgd, b83e90629300f263, 6c80a5475f509590",
    "schedulefreeadamw, f128fd3e329b7064, 260814b853c029f8",
    "lars, 5da18067cc15c205, 52c45700f3185dd8",
    "lamb, 27accb03f233b7f4, b90505e36dc5f99b",
    "prodigy, 020616937df786f1, 020616937df786f1"
  })
  @Tag("widths")
  void digestIsTheCommittedOne(String name, String kernels, String specification) {
    assertThat(digest(name, Shape.of(300_001), Shape.of(13)))
        .isEqualTo(Machine.usesSimd() ? kernels : specification);
  }

  /** Matrices large enough for threads to share their products. */
  @ParameterizedTest
  @CsvSource({
    // rule, kernels, specification
    "adafactor, 12d843c944c29403, 1f2b911e916cb378",
    "muon, f3f8e55d94c46e62, af0466bd5f576845",
    "shampoo, 395b2302a4f66ff5, c39bb0b4ea678f03"
  })
  @Tag("widths")
  void digestOfMatricesIsTheCommittedOne(String name, String kernels, String specification) {
    assertThat(digest(name, Shape.of(110, 151), Shape.of(167, 5, 13), Shape.of(13)))
        .isEqualTo(Machine.usesSimd() ? kernels : specification);
  }

  private static String digest(String name, Shape... shapes) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      parameters.put("p" + parameters.size(), Parameter.of(shape, new float[shape.size()]));
    }
    Optimizer optimizer = new Optimizer(parameters, Rules.choose(name, Map.of()).rule(), 0.01);
    SplittableRandom random = new SplittableRandom(2025);
    for (int step = 0; step < STEPS; step++) {
      for (Parameter parameter : parameters.values()) {
        Precision.setGradient(parameter, gradients(random, parameter.size()));
      }
      optimizer.step();
    }
    return digest(optimizer, parameters);
  }

  /** Of many magnitudes and with zeros; exact in float32, so that no library function matters. */
  private static float[] gradients(SplittableRandom random, int n) {
    float[] gradients = new float[n];
    for (int i = 0; i < n; i++) {
      int mantissa = random.nextInt(-1 << 20, 1 << 20);
      gradients[i] =
          random.nextInt(5) == 0 ? 0 : Math.scalb((float) mantissa, random.nextInt(-60, 10));
    }
    return gradients;
  }

  private static String digest(Optimizer optimizer, SequencedMap<String, Parameter> parameters) {
    MessageDigest sha = sha256();
    parameters.forEach((name, parameter) -> {
      update(sha, parameter.toArray());
      for (Slot slot : optimizer.group(name).rule().slots()) {
        update(sha, optimizer.state(name, slot).toArray());
      }
    });
    return HexFormat.of().formatHex(sha.digest(), 0, 8);
  }

  private static void update(MessageDigest sha, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    sha.update(bytes.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
