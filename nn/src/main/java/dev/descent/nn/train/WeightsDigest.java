package dev.descent.nn.train;

import dev.descent.core.tensor.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SequencedMap;

/** A fingerprint of a model's parameters: equal where every name, shape and bit is equal. */
public final class WeightsDigest {
  private WeightsDigest() {}

  /**
   * SHA-256 over, for each parameter in order, its name and shape as text and its values as
   * little-endian floats.
   *
   * @return 64 hexadecimal digits
   */
  public static String sha256(SequencedMap<String, Parameter> parameters) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    parameters.forEach((name, parameter) -> {
      digest.update((name + parameter.shape()).getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes =
          ByteBuffer.allocate(parameter.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(parameter.array(), parameter.offset(), parameter.size());
      digest.update(bytes);
    });
    return HexFormat.of().formatHex(digest.digest());
  }
}
