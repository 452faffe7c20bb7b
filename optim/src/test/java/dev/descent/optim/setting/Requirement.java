package dev.descent.optim.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What a setting must be, and values on either side of it.
 *
 * @param setting the setting's name
 * @param expected what it must be, in the words of the message
 * @param valid values that are
 */
record Requirement(String setting, String expected, List<String> valid) {
  private static final String NUMBER = "a number";
  private static final String WHOLE = "a whole number of at most 64 bits";

  /** By the words of the message, with {@code X} for the setting. */
  private static final Map<String, Range> RANGES =
      Map.of(
          "a finite number >= 0",
          new Range("0.0 0.37 2.5", "-4.9E-324 -1.0 NaN Infinity -Infinity", NUMBER),
          "a finite number > 0",
          new Range("1.0E-9 1.0 2.5", "0.0 -1.0 NaN Infinity", NUMBER),
          "a finite number > 1",
          new Range("1.0000000000000002 2.5", "1.0 0.0 NaN Infinity", NUMBER),
          "a finite number <= 0.0",
          new Range("0.0 -0.8 -2.5", "4.9E-324 1.0 NaN -Infinity", NUMBER),
          "0 <= X < 1",
          new Range("0.0 0.37 0.9999999999999999", "1.0 -4.9E-324 NaN Infinity", NUMBER),
          "0 <= X <= 1",
          new Range("0.0 0.37 1.0", "1.0000000000000002 -4.9E-324 NaN -Infinity", NUMBER),
          "0 < X < 1",
          new Range("1.0E-9 0.37 0.9999999999999999", "0.0 1.0 NaN Infinity", NUMBER),
          "a whole number >= 1",
          new Range("1 7 1000000", "0 -1", WHOLE),
          "a whole number >= 0",
          new Range("0 7", "-1", WHOLE),
          "whole numbers >= 0 in ascending order",
          new Range("0 3,3,5", "5,3 -1", "whole numbers with commas between them"));

  /**
   * What a message means.
   *
   * @param valid texts with spaces between them, the ends of the range among them
   * @param invalid texts just beyond the ends and far from them
   * @param type what a text that is no value at all should have been
   */
  private record Range(String valid, String invalid, String type) {}

  static Requirement of(String setting, String expected) {
    return new Requirement(setting, expected, List.of(range(setting, expected).valid.split(" ")));
  }

  private static Range range(String setting, String expected) {
    return Objects.requireNonNull(
        RANGES.get(expected.replace(" " + setting + " ", " X ")),
        () -> setting + " must be " + expected + ", which the tests do not know");
  }

  /** Values that are not what is expected, each with the message about it. */
  SequencedMap<String, String> invalid() {
    SequencedMap<String, String> messages = new LinkedHashMap<>();
    Range range = range(setting, expected);
    boolean list = range.type.startsWith("whole numbers");
    for (String text : range.invalid.split(" ", -1)) {
      String shown = list ? "[" + text.replace(",", ", ") + "]" : text;
      messages.put(text, setting + " is " + shown + "; expected " + expected);
    }
    for (String text : List.of("fast", list ? "1,,2" : "", "0.5,1")) {
      messages.put(text, setting + " is " + text + "; expected " + range.type);
    }
    return messages;
  }
}
