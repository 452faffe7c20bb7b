package dev.descent.examples.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/**
 * A setting on the command line: {@code beta1=0.8}.
 *
 * @param name what stands before the first equals sign; not empty
 * @param value what stands after it; not empty
 */
public record NamedValue(String name, String value) {
  /**
   * The settings by name.
   *
   * @throws IllegalArgumentException if one is there twice
   */
  public static Map<String, String> byName(List<NamedValue> settings) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (NamedValue setting : settings) {
      if (byName.put(setting.name, setting.value) != null) {
        throw new IllegalArgumentException(setting.name + " is there twice; expected once");
      }
    }
    return byName;
  }

  /** Reads {@code NAME=VALUE}. */
  public static final class Converter implements ITypeConverter<NamedValue> {
    @Override
    public NamedValue convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new Numbers.Expected("NAME=VALUE, such as learningRate=0.001");
      }
      return new NamedValue(text.substring(0, equals), text.substring(equals + 1));
    }
  }
}
