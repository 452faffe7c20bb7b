package dev.descent.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import dev.descent.examples.mnist.SmallMnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchCommandTest {
  @TempDir private Path folder;

  private String data;
  private Path journal;

  @BeforeEach
  void writeASmallSet() throws IOException {
    data = SmallMnist.write(folder.resolve("small")).toString();
    journal = folder.resolve("journal.jsonl");
  }

  private Run search(String options) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "search", "--json", "--data", data, "--epochs", "2", "--final-epochs", "2"),
                Stream.of(options.split(" ")))
            .toArray(String[]::new));
  }

  private Run searchWithJournal(String options) {
    return search(options + " --journal " + journal);
  }

  private static List<Map<String, Object>> ranks(Run run) {
    return JsonLines.of(run).stream().filter(line -> line.containsKey("rank")).toList();
  }

  @Test
  void ranksAllThatItTriedAndTrainsWithTheBest() {
    Run run = search("--trials 6");

    List<Map<String, Object>> ranks = ranks(run);
    assertThat(ranks).hasSize(6);
    assertThat(ranks.stream().map(line -> (double) line.get("validationAccuracy")).toList())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a))
        .allSatisfy(accuracy -> assertThat(accuracy).isBetween(0.0, 1.0));
    Map<String, Object> best = ranks.getFirst();
    assertThat(JsonLines.result(run))
        .containsEntry("rule", best.get("rule"))
        .containsEntry("learningRate", best.get("learningRate"))
        .containsEntry("batchSize", best.get("batchSize"))
        .containsKeys("testAccuracy", "weightsSha256");
  }

  @Test
  void theGridHasAllCombinations() {
    List<Map<String, Object>> ranks = ranks(search("--grid --rules sgd,adam --batch-sizes 30,50"));

    assertThat(ranks).hasSize(2 * 5 * 2);
    assertThat(ranks.stream().filter(line -> line.get("rule").equals("adam")))
        .extracting(line -> line.get("learningRate"))
        .containsOnly(1e-4, 3e-4, 1e-3, 3e-3, 1e-2);
    assertThat(ranks).extracting(line -> line.get("batchSize")).containsOnly(30, 50);
  }

  @Test
  void aRuleThatIsAskedForIsTheOnlyOne() {
    assertThat(ranks(search("--trials 3 --optimizer adam --set beta1=0.5")))
        .extracting(line -> line.get("rule"))
        .containsOnly("adam");
  }

  /** What the journal has is believed: the made-up error of a trial that must not be run again. */
  @Test
  void goesOnWithASearchThatWasStopped() throws IOException {
    Run first = searchWithJournal("--trials 3");
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines).hasSize(4);
    String forged =
        lines.get(1).replaceFirst("\"validationError\":.*}", "\"validationError\":-7.0}");
    Files.write(journal, List.of(lines.get(0), forged));

    Run second = searchWithJournal("--trials 3");

    List<Map<String, Object>> ranks = ranks(second);
    assertThat(ranks).hasSize(3);
    assertThat(ranks.getFirst()).containsEntry("validationAccuracy", 8.0);
    assertThat(ranks(first))
        .containsAll(
            ranks.subList(1, 3).stream()
                .map(line -> {
                  int before =
                      ranks(first).stream()
                          .filter(
                              other -> other.get("learningRate").equals(line.get("learningRate")))
                          .map(other -> (int) other.get("rank"))
                          .findFirst()
                          .orElseThrow();
                  line.put("rank", before);
                  return line;
                })
                .toList());
    assertThat(Files.readAllLines(journal)).hasSize(4).contains(forged);
  }

  @Test
  void drawsWhatItTried() throws IOException {
    Path picture = folder.resolve("search.png");

    Run run = search("--trials 3 --picture " + picture);

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(640);
  }

  @Test
  void moreTrialsBeginWithTheSame() {
    List<Map<String, Object>> few = ranks(search("--trials 2"));
    List<Map<String, Object>> many = ranks(search("--trials 5"));

    assertThat(many)
        .extracting(line -> line.get("learningRate"))
        .containsAll(few.stream().map(line -> line.get("learningRate")).toList());
  }

  /** With such a rate the first step overflows. */
  @Test
  void settingsWithWhichTrainingFailsAreLast() {
    Run run = search("--grid --rules sgd --batch-sizes 30 --weight-decay 1e30");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "descent search: no settings are the best: with all 5 the loss was no finite number in"
                + " the end%n".formatted());
    assertThat(run.out().lines().toList().getFirst()).contains("\"validationAccuracy\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rules adma                    | --rules: there is no update rule adma; did you mean adam?
          --rules sgd --set beta1=0.5     | --set: sgd has no setting beta1
          --set learningRate=1            | --set: learningRate is what is searched for; expected
          --schedule reduce-on-plateau    | --schedule follows the loss of a training; expected one
          --trials 0                      | --trials is 0; expected a whole number from 1
          --batch-sizes 32,no             | --batch-sizes is no; expected a whole number from 1
          """)
  void wrongOptionsAreNamed(String options, String message) {
    Run run = search(options);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("descent search: " + message);
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"search":{}}                | is of a search with --data null; expected --data 250 images
          {"epoch":1}                  | does not begin with a search; expected a journal, or no file
          {"search"                    | line 1 is {"search"; expected a trial, such as
          """)
  void aFileThatIsNoJournalOfThisSearchIsLeftAlone(String line, String message) throws IOException {
    Files.writeString(journal, line);

    Run run = searchWithJournal("--trials 1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("descent search: " + journal + ": " + message);
    assertThat(Files.readString(journal)).isEqualTo(line);
  }

  @Test
  void aTrialThatIsBrokenIsShown() throws IOException {
    searchWithJournal("--trials 1");
    String header = Files.readAllLines(journal).getFirst();
    Files.write(journal, List.of(header, "{\"rule\":\"sgd\",\"learningRate\":\"high\"}"));

    Run run = searchWithJournal("--trials 1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(": line 2 is {\"rule\":\"sgd\",\"learningRate\":\"high\"}; expected");
  }
}
