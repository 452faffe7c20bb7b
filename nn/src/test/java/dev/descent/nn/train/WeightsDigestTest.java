package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class WeightsDigestTest {
  private static final float[] WEIGHT = {1, -2.5f, 0, Float.MIN_VALUE, 3e38f, (float) Math.PI};
  private static final float[] BIAS = {-0.0f, 42};

  /** The constant is from Python: {@code hashlib} over {@code struct.pack("<6f", ...)}. */
  @Test
  void isTheShaOfNamesShapesAndLittleEndianBits() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("0.weight[2, 3]".getBytes(StandardCharsets.UTF_8));
    littleEndian(bytes, WEIGHT);
    bytes.writeBytes("0.bias[2]".getBytes(StandardCharsets.UTF_8));
    littleEndian(bytes, BIAS);
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());

    assertThat(digest("0.weight", Shape.of(2, 3), WEIGHT))
        .isEqualTo(HexFormat.of().formatHex(sha256))
        .isEqualTo("6be9fa46d117b043cd3ad8adeb4889181637bbae796a5bbef24eae0c7c704906");
  }

  private static void littleEndian(ByteArrayOutputStream bytes, float[] values) {
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      for (int shift = 0; shift < 32; shift += 8) {
        bytes.write(bits >>> shift);
      }
    }
  }

  @Test
  void changesWithNameAndShapeAndOrderAndEachBit() {
    String digest = digest("0.weight", Shape.of(2, 3), WEIGHT);

    assertThat(digest("1.weight", Shape.of(2, 3), WEIGHT)).isNotEqualTo(digest);
    assertThat(digest("0.weight", Shape.of(3, 2), WEIGHT)).isNotEqualTo(digest);
    assertThat(digest("0.weight", Shape.of(6), WEIGHT)).isNotEqualTo(digest);
    for (int i = 0; i < WEIGHT.length; i++) {
      float[] changed = WEIGHT.clone();
      changed[i] = Float.intBitsToFloat(Float.floatToRawIntBits(changed[i]) ^ 1);
      assertThat(digest("0.weight", Shape.of(2, 3), changed)).isNotEqualTo(digest);
    }
    float[] negativeZero = WEIGHT.clone();
    negativeZero[2] = -0.0f;
    assertThat(digest("0.weight", Shape.of(2, 3), negativeZero)).isNotEqualTo(digest);
    assertThat(WeightsDigest.sha256(parameters("0.weight", Shape.of(2, 3), WEIGHT).reversed()))
        .isNotEqualTo(digest);
  }

  @Test
  void isReadOnly() {
    SequencedMap<String, Parameter> parameters = parameters("0.weight", Shape.of(2, 3), WEIGHT);

    assertThat(WeightsDigest.sha256(parameters)).isEqualTo(WeightsDigest.sha256(parameters));
    assertThat(parameters.get("0.weight").toArray()).containsExactly(WEIGHT);
  }

  private static String digest(String name, Shape shape, float[] weight) {
    return WeightsDigest.sha256(parameters(name, shape, weight));
  }

  private static SequencedMap<String, Parameter> parameters(
      String name, Shape shape, float[] weight) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put(name, Parameter.of(shape, weight.clone()));
    parameters.put("0.bias", Parameter.of(Shape.of(2), BIAS.clone()));
    return parameters;
  }
}
