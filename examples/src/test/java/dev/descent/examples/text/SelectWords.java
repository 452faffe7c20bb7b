package dev.descent.examples.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes the embedded words from the names and keywords of emoji in the Unicode CLDR. The README
 * beside the embedded files tells how to run it.
 */
final class SelectWords {
  private static final int SHORTEST = 3;

  /** The languages' codes in the CLDR, in the order of {@link Words#LANGUAGES}. */
  private static final List<String> CODES =
      List.of("nl", "en", "fi", "fr", "de", "it", "pl", "pt", "es", "sv");

  private SelectWords() {}

  /**
   * Writes the selection.
   *
   * @param arguments the unpacked package cldr-annotations-full; the directory to write
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("expected two arguments: cldr-annotations-full, directory to write");
      System.exit(2);
    }
    select(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void select(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Map<String, NavigableSet<String>> words = new LinkedHashMap<>();
    Map<String, Integer> languages = new HashMap<>();
    for (int i = 0; i < CODES.size(); i++) {
      NavigableSet<String> ofLanguage =
          words(from.resolve("annotations").resolve(CODES.get(i)).resolve("annotations.json"));
      words.put(Words.LANGUAGES.get(i), ofLanguage);
      ofLanguage.forEach(word -> languages.merge(word, 1, Integer::sum));
    }
    for (Map.Entry<String, NavigableSet<String>> language : words.entrySet()) {
      List<String> own =
          language.getValue().stream().filter(word -> languages.get(word) == 1).toList();
      Path file = to.resolve(language.getKey() + ".txt");
      Files.writeString(file, String.join("\n", own) + "\n", UTF_8);
    }
  }

  /** All words of one language, in alphabetical order. */
  private static NavigableSet<String> words(Path file) throws IOException {
    Map<?, ?> json = JSON.std.mapFrom(Files.readString(file, UTF_8));
    Map<?, ?> emoji = (Map<?, ?>) ((Map<?, ?>) json.get("annotations")).get("annotations");
    NavigableSet<String> words = new TreeSet<>();
    for (Object each : emoji.values()) {
      for (Object texts : ((Map<?, ?>) each).values()) { // "tts", the name, and "default", keywords
        for (Object text : (List<?>) texts) {
          Stream.of(Letters.fold((String) text).split("[^a-z]+", -1))
              .filter(word -> word.length() >= SHORTEST && word.length() <= Words.LONGEST)
              .forEach(words::add);
        }
      }
    }
    return words;
  }
}
