package dev.descent.optim.setting;

import static java.util.stream.Collectors.toMap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What the database of configurations says about one rule or schedule.
 *
 * @param name the name of the rule or schedule
 * @param defaults the settings of each variant, such as a dialect
 * @param requirements what each setting must be, by {@code setting} or {@code setting VARIANT}
 * @param valid whole configurations that are accepted
 * @param invalid whole configurations that are not
 */
record Entry(
    String name,
    SequencedMap<String, Map<String, String>> defaults,
    SequencedMap<String, Requirement> requirements,
    List<Valid> valid,
    List<Invalid> invalid) {
  /** A configuration of a variant. */
  record Valid(String variant, Map<String, String> settings) {}

  /** A configuration of a variant, and what is wrong with it. */
  record Invalid(String variant, Map<String, String> settings, String message) {}

  /**
   * The entries of a file, whose first lines explain its format.
   *
   * @param resource a file beside this class
   * @param variants the names that stand before defaults
   */
  static List<Entry> read(String resource, List<String> variants) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines(resource)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        entries.add(
            new Entry(
                line,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>()));
      } else {
        entries.getLast().add(line.strip().split(" *\\| ?", -1), variants);
      }
    }
    return entries;
  }

  private static List<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Entry.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new AssertionError("cannot read " + resource, e);
    }
  }

  private void add(String[] columns, List<String> variants) {
    String key = columns[0];
    String variant = key.contains(" ") ? key.substring(key.indexOf(' ') + 1) : variants.getFirst();
    if (variants.contains(key)) {
      defaults.put(key, settings(columns[1]));
    } else if (key.startsWith("invalid")) {
      invalid.add(new Invalid(variant, settings(columns[1]), columns[2]));
    } else if (key.startsWith("valid")) {
      valid.add(new Valid(variant, settings(columns[1])));
    } else {
      String setting = key.split(" ", -1)[0];
      requirements.put(
          key,
          columns.length > 2
              ? new Requirement(setting, columns[1], List.of(columns[2].split(" ")))
              : Requirement.of(setting, columns[1]));
    }
  }

  private static Map<String, String> settings(String text) {
    return Arrays.stream(text.split(" "))
        .filter(setting -> !setting.isEmpty())
        .map(setting -> setting.split("=", 2))
        .collect(toMap(pair -> pair[0], pair -> pair[1], (one, _) -> one, LinkedHashMap::new));
  }

  /** What the settings of a variant must be, as far as the database says. */
  List<Requirement> requirements(String variant) {
    return defaultsOf(variant).keySet().stream()
        .map(setting ->
            requirements.getOrDefault(setting + " " + variant, requirements.get(setting)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The default settings of a variant. */
  Map<String, String> defaultsOf(String variant) {
    return Objects.requireNonNull(defaults.get(variant), () -> name + " " + variant);
  }
}
