package dev.descent.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The embedded words are what their README says. */
class WordsTest {
  private static final Words.Parts PARTS = Words.load();

  @Test
  void areTheSelectedOnes() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String language : Words.LANGUAGES) {
      digest.update(String.join("\n", Words.read(language)).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("b6808b4782abc711483142af2e953de452c9042dcf56d00b722832bda03c6ee6");
  }

  @Test
  void areSmallLettersAndEachWordIsThereOnce() {
    List<String> all = new ArrayList<>(PARTS.training().words());
    all.addAll(PARTS.test().words());

    assertThat(all).hasSize(30_753).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(word -> assertThat(word).matches("[a-z]{3,16}"));
  }

  @Test
  void aFifthIsForTheTestInEachLanguage() {
    int[] training = PARTS.training().dataset().classCounts();
    int[] test = PARTS.test().dataset().classCounts();

    assertThat(PARTS.training().size()).isEqualTo(24_445);
    assertThat(PARTS.test().size()).isEqualTo(6_308);
    for (int i = 0; i < training.length; i++) {
      assertThat((double) test[i] / (test[i] + training[i])).isBetween(0.18, 0.23);
    }
  }

  /** Or a test would ask for forms of words that were learned. */
  @Test
  void noFamilyOfWordsIsInBothParts() {
    Set<String> both = new HashSet<>(families(PARTS.training()));
    both.retainAll(families(PARTS.test()));

    assertThat(both).isEmpty();
  }

  private static Set<String> families(Words words) {
    Set<String> families = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.words().get(i);
      families.add(words.languages().get(i) + word.substring(0, Math.min(4, word.length())));
    }
    return families;
  }

  @Test
  void becomeNumbersWithTheirLanguages() {
    Dataset dataset = new Words(List.of("ei", "abc"), List.of(4, 2)).dataset();

    assertThat(dataset.inputs().shape()).isEqualTo(Shape.of(2, 16));
    assertThat(dataset.inputs().toArray()).startsWith(5, 9, 0, 0);
    assertThat(dataset.labels().toArray()).containsExactly(4, 2);
    assertThat(dataset.classes()).isEqualTo(10);
  }

  @Test
  void languagesAreInTheOrderOfTheirFiles() {
    assertThat(Words.LANGUAGES.stream().sorted().collect(Collectors.toList()))
        .isEqualTo(Words.LANGUAGES);
  }

  @Test
  void namesAMissingResource() {
    assertThatThrownBy(() -> Words.read("Elvish"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "/dev/descent/examples/words/Elvish.txt: no such resource; expected words, one on a"
                + " line");
  }
}
