package dev.descent.examples.text;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Field;
import dev.descent.nn.train.Trainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a trained network makes of words.
 *
 * @param trainer of the network
 */
record Readings(Trainer<Indices> trainer) {
  private static final int CURVES = 5;

  /** How likely each word is of each language, {@code [words][languages]}. */
  private float[][] probabilities(List<String> words) {
    int longest = words.stream().mapToInt(String::length).max().orElse(1);
    Tensor all = trainer.predict(Letters.numbers(words, longest)).softmax();
    return IntStream.range(0, words.size())
        .mapToObj(i -> all.gatherRows(i).toArray())
        .toArray(float[][]::new);
  }

  /** The languages, the most likely first. */
  private static List<Integer> ranking(float... probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(language -> -probabilities[language]))
        .toList();
  }

  /** A row that says which two languages a word seems to be of. */
  Field[] of(String word) {
    float[] probabilities = probabilities(List.of(word))[0];
    List<Integer> ranking = ranking(probabilities);
    return new Field[] {
      Field.text("word", word),
      Field.text("language", Words.LANGUAGES.get(ranking.get(0))),
      Field.percent("probability", probabilities[ranking.get(0)]),
      Field.text("orElse", Words.LANGUAGES.get(ranking.get(1))),
      Field.percent("itsProbability", probabilities[ranking.get(1)])
    };
  }

  /** Lines with some words that are read wrong, from all languages; none if there are none. */
  List<String> misread(Words test, int most) {
    float[][] probabilities = probabilities(test.words());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      int read = ranking(probabilities[i]).getFirst();
      if (read != test.languages().get(i)) {
        lines.add(
            "  %-17s%-11s read as %-11s%5.1f %%"
                .formatted(
                    test.words().get(i),
                    Words.LANGUAGES.get(test.languages().get(i)),
                    Words.LANGUAGES.get(read),
                    100 * probabilities[i][read]));
      }
    }
    int step = Math.max(1, Math.ceilDiv(lines.size(), most));
    List<String> chosen = new ArrayList<>();
    for (int i = step / 2; i < lines.size(); i += step) {
      chosen.add(lines.get(i));
    }
    if (!chosen.isEmpty()) {
      chosen.addAll(0, List.of("", "misread, for example"));
    }
    return chosen;
  }

  /** The likeliest languages after each letter of a word. */
  Chart letterByLetter(String word) {
    List<String> beginnings =
        IntStream.rangeClosed(1, word.length()).mapToObj(n -> word.substring(0, n)).toList();
    float[][] probabilities = probabilities(beginnings);
    float[] greatest = new float[Words.LANGUAGES.size()];
    for (float[] after : probabilities) {
      for (int language = 0; language < greatest.length; language++) {
        greatest[language] = Math.max(greatest[language], after[language]);
      }
    }
    Chart chart = new Chart("“" + word + "”, letter by letter", "letters read", "probability");
    List<Integer> letters = IntStream.rangeClosed(1, word.length()).boxed().toList();
    for (int language : ranking(greatest).subList(0, CURVES)) {
      chart.curve(
          Words.LANGUAGES.get(language),
          letters,
          IntStream.range(0, word.length()).mapToObj(i -> probabilities[i][language]).toList());
    }
    return chart;
  }
}
