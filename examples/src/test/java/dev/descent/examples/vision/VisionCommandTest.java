package dev.descent.examples.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import dev.descent.nn.data.NpyArray;
import dev.descent.nn.data.Npz;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisionCommandTest {
  @TempDir Path folder;

  private static Run train(String... options) {
    return Run.of(
        Stream.concat(Stream.of("vision", "--json"), Stream.of(options)).toArray(String[]::new));
  }

  private static Object weights(String options) {
    return JsonLines.result(train(options.split(" "))).get("weightsSha256");
  }

  @Test
  void learnsWhatALinearModelCannot() {
    Run run = train("--pictures", "1500", "--epochs", "5", "--batch-size", "32");

    List<Map<String, Object>> lines = JsonLines.of(run);
    Map<String, Object> result = JsonLines.result(run);
    assertThat(lines).hasSize(6);
    assertThat((double) result.get("testAccuracy"))
        .isEqualTo(lines.get(4).get("testAccuracy"))
        .isGreaterThan(0.18);
    assertThat((double) result.get("linearTestAccuracy")).isBetween(0.05, 0.15);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndEveryOptionMatters() {
    Object weights = weights("--pictures 70 --epochs 1");

    assertThat(weights("--pictures 70 --epochs 1")).isEqualTo(weights);
    assertThat(weights("--pictures 70 --epochs 1 --schedule cosine")).isEqualTo(weights);
    for (String other :
        List.of("--seed 2", "--batch-size 35", "--optimizer sgd", "--schedule constant")) {
      assertThat(weights("--pictures 70 --epochs 1 " + other)).as(other).isNotEqualTo(weights);
    }
  }

  @Test
  void exportsWhatItLearnsFromAndDrawsWhatItReads() throws Exception {
    Path export = folder.resolve("pictures.npz");
    Path file = folder.resolve("read.png");

    Run run =
        train(("--pictures 30 --epochs 1 --export " + export + " --picture " + file).split(" "));

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    Map<String, NpyArray> arrays = Npz.read(export);
    assertThat(arrays.get("training_pictures").toTensor().toArray())
        .isEqualTo(Renderer.render("training", 30).inputs().toArray());
    assertThat(arrays.get("training_labels").toInts()).startsWith(0, 1, 2).hasSize(30);
    assertThat(arrays.get("test_pictures").shape()).isEqualTo(Shape.of(2000, 3, 32, 32));
    assertThat(arrays.get("test_labels").toInts()).hasSize(2000);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(8 * 136);
    assertThat(picture.getHeight()).isEqualTo(3 * 152);
    // What two steps have learned: to take every picture for the same thing.
    int red = 0;
    for (int y = 2 * 152 + 136; y < 3 * 152; y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        red += picture.getRGB(x, y) == 0xFFC00000 ? 1 : 0;
      }
    }
    assertThat(red).as("captions of what was misread").isGreaterThan(50);
  }

  @Test
  void showsTheFirstPicturesAndThenMisreadOnes() {
    Indices labels = Indices.of(IntStream.range(0, 40).map(i -> i % 10).toArray());
    int[] read = labels.toArray();
    read[3] = 0;
    read[17] = 0;
    read[39] = 0;

    assertThat(ReadPictures.chosen(labels, Indices.of(read)))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 39);
    assertThat(ReadPictures.chosen(labels, Indices.of(new int[40]))).hasSize(24).endsWith(24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vision --pictures 0        | vision: --pictures is 0; expected a whole number from 1 to 2147483647
          vision --picture a.gif     | vision: --picture is a.gif; expected a file name that ends in .png
          vision stop                | vision: unknown command stop; did you mean step?; see descent vision --help
          vision step --batch-size x | vision step: --batch-size is x; expected a whole number from 1 to 2147483647
          vision --export no/a.npz --pictures 1 --epochs 1 | vision: no/a.npz: cannot be written: no/a.npz
          """)
  void wrongInput(String options, String message) {
    Run run = Run.of(options.split(" "));

    assertThat(run.err()).isEqualTo("descent " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
