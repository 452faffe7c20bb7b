package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Shape;
import dev.descent.examples.Run;
import dev.descent.nn.data.IdxArray;
import dev.descent.nn.data.IdxType;
import dev.descent.nn.data.Mnist;
import dev.descent.optim.rule.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wrong with the input is said in one line on standard error that names the file or option,
 * the value and what is expected. The exit code is 2, and there is no other trace.
 */
class BadInputTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeASmallSet() throws IOException {
    data = SmallMnist.write(folder.resolve("small"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --model transformer    | --model is transformer; expected mlp, cnn or lstm
          --model CNN            | --model is CNN; expected mlp, cnn or lstm
          --model cnn --hidden 0 | --hidden is 0; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden 0             | --hidden is 0; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden -5            | --hidden is -5; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden 128,          | --hidden is 128,; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden 128,x         | --hidden is 128,x; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden 46341         | --hidden is 46341; expected whole numbers from 1 to 46340, such as 128,64, or none
          --hidden 9999999999    | --hidden is 9999999999; expected whole numbers from 1 to 46340, such as 128,64, or none
          --dropout 1            | --dropout is 1; expected a number from 0 to less than 1
          --dropout -0.1         | --dropout is -0.1; expected a number from 0 to less than 1
          --dropout NaN          | --dropout is NaN; expected a number from 0 to less than 1
          --dropout half         | --dropout is half; expected a number from 0 to less than 1
          --hidden none --dropout 7 | --dropout is 7; expected a number from 0 to less than 1
          --init xavier          | --init is xavier; expected pytorch, he or glorot
          --init HE              | --init is HE; expected pytorch, he or glorot
          --until 97             | --until is 97; expected a number from 0 to 1
          --until NaN            | --until is NaN; expected a number from 0 to 1
          --weight-decay -0.1    | --weight-decay is -0.1; expected a finite number >= 0
          --weight-decay Infinity | --weight-decay is Infinity; expected a finite number >= 0
          --weight-decay some    | --weight-decay is some; expected a finite number >= 0
          --clip-norm 0          | --clip-norm is 0; expected a finite number > 0
          --clip-norm NaN        | --clip-norm is NaN; expected a finite number > 0
          --clip-norm Infinity   | --clip-norm is Infinity; expected a finite number > 0
          --batch-size 0         | --batch-size is 0; expected a whole number from 1 to 2147483647
          --batch-size 2.5       | --batch-size is 2.5; expected a whole number from 1 to 2147483647
          --epochs 0             | --epochs is 0; expected a whole number from 1 to 2147483647
          --epochs -3            | --epochs is -3; expected a whole number from 1 to 2147483647
          --epochs many          | --epochs is many; expected a whole number from 1 to 2147483647
          --epochs 2147483648    | --epochs is 2147483648; expected a whole number from 1 to 2147483647
          --seed 1.5             | --seed is 1.5; expected a whole number of at most 64 bits
          --seed 9223372036854775808 | --seed is 9223372036854775808; expected a whole number of at most 64 bits
          --threads 0            | --threads is 0; expected a whole number from 1 to 1024
          --threads 1025         | --threads is 1025; expected a whole number from 1 to 1024
          --threads all          | --threads is all; expected a whole number from 1 to 1024
          --vector-bits 64       | --vector-bits is 64; expected 0, 128, 256 or 512
          --vector-bits wide     | --vector-bits is wide; expected 0, 128, 256 or 512
          --optimizer adm        | --optimizer: there is no update rule adm; did you mean adam? The rules are RULES
          --set beta3=0.9        | --set: adam has no setting beta3; did you mean beta1? Its settings are learningRate, beta1, beta2, epsilon
          --optimizer sgd --set momentum=0.9 | --set: sgd has no setting momentum; did you mean learningRate? Its settings are learningRate
          --set beta1=1.5        | --set: beta1 is 1.5; expected 0 <= beta1 < 1
          --set beta1=NaN        | --set: beta1 is NaN; expected 0 <= beta1 < 1
          --set epsilon=-1e-8    | --set: epsilon is -1.0E-8; expected a finite number >= 0
          --set beta1=big        | --set: beta1 is big; expected a number
          --set learningRate=-1  | --set: learningRate is -1.0; expected a finite number >= 0
          --set learningRate=NaN | --set: learningRate is NaN; expected a finite number >= 0
          --set learningRate=Infinity | --set: learningRate is Infinity; expected a finite number >= 0
          --set learningRate     | --set is learningRate; expected NAME=VALUE, such as learningRate=0.001
          --set learningRate=    | --set is learningRate=; expected NAME=VALUE, such as learningRate=0.001
          --set beta1=0.5 --set beta1=0.5 | --set: beta1 is there twice; expected once
          --schedule step --schedule-set factor=0.5 --schedule-set factor=0.4 | --schedule-set: factor is there twice; expected once
          --set =0.1             | --set is =0.1; expected NAME=VALUE, such as learningRate=0.001
          --schedule cosin       | --schedule: there is no schedule cosin; did you mean cosine? The schedules are constant, step, multi-step, exponential, polynomial, inverse-time, inverse-square-root, noam, linear-warmup, cosine, cosine-restarts, one-cycle, cyclic, warmup-stable-decay, piecewise, reduce-on-plateau
          --schedule cosine --schedule-set step=9 | --schedule-set: cosine has no setting step; did you mean steps? Its settings are finalLearningRate, steps
          --schedule-set steps=9 | --schedule-set: constant has no setting steps; it has none, the learning rate is the rule's
          --schedule cosine --schedule-set steps | --schedule-set is steps; expected NAME=VALUE, such as learningRate=0.001
          --warmup -1            | --warmup is -1; expected a whole number >= 0
          --warmup long          | --warmup is long; expected a whole number >= 0
          --epochs               | --epochs has no value; expected --epochs=N
          --set                  | --set has no value; expected --set=NAME=VALUE
          --data                 | --data has no value; expected --data=DIR
          --epochs 1 --epochs 2  | --epochs is there twice; expected once
          --epoch 3              | unknown option --epoch; did you mean --epochs?; see descent mnist --help
          --json yes             | unknown argument yes; see descent mnist --help
          --data x --download    | --data=DIR, --download are mutually exclusive (specify only one); see descent mnist --help
          """)
  void ofOptions(String arguments, String message) {
    assertProblem(
        Run.of(("mnist " + arguments).split(" ")),
        message.replace("RULES", String.join(", ", Rules.names())));
  }

  /** Options are checked before any data are read. */
  @Test
  void optionsComeFirst() {
    assertProblem(
        Run.of("mnist", "--data", "/no/such", "--set", "beta1=2"),
        "--set: beta1 is 2.0; expected 0 <= beta1 < 1");
  }

  /** Ranges may depend on the length of the training. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --schedule cosine --schedule-set steps=0 | --schedule-set: steps is 0; expected a whole number >= 1
          --schedule step --schedule-set factor=x  | --schedule-set: factor is x; expected a number
          --schedule warmup-stable-decay --schedule-set warmupSteps=99 --epochs 1 | --schedule-set: warmupSteps + decaySteps is 99 + 2; expected at most steps, which is 10
          """)
  void ofSchedules(String arguments, String message) {
    assertProblem(Run.of(("mnist --data " + data + " " + arguments).split(" ")), message);
  }

  @Test
  void noDirectory() {
    assertData(
        folder.resolve("none"),
        "%s: no such directory; expected one with the four MNIST files, train-images-idx3-ubyte and"
            + " the others",
        folder.resolve("none"));
  }

  @Test
  void aFileForADirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertData(
        file,
        "%s: not a directory; expected one with the four MNIST files, train-images-idx3-ubyte and"
            + " the others",
        file);
  }

  @Test
  void noFile() throws IOException {
    Path file = data.resolve(Mnist.TEST_LABELS);
    Files.delete(file);

    assertData(data, "%s: no such file, plain or with .gz", file);
  }

  @Test
  void aTruncatedFile() throws IOException {
    Path file = data.resolve(Mnist.TRAINING_IMAGES);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));

    assertData(
        data,
        "%s: ends after 100000 bytes; expected 235216 bytes for unsigned byte [300, 28, 28]",
        file);
  }

  @Test
  void aWrongMagicNumber() throws IOException {
    Path file = data.resolve(Mnist.TEST_IMAGES);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = 0x50;
    Files.write(file, bytes);

    assertData(
        data,
        "%s: magic number 0x50000803; expected 0x0000 with type and number of dimensions",
        file);
  }

  @Test
  void imagesAndLabelsOfDifferentCounts() {
    Path file = data.resolve(Mnist.TRAINING_LABELS);
    IdxArray.of(IdxType.UNSIGNED_BYTE, Shape.of(299), new double[299]).write(file);

    assertData(
        data,
        "%s: 299 labels; expected 300, as images in %s",
        file,
        data.resolve(Mnist.TRAINING_IMAGES));
  }

  @Test
  void labelsOutOfRange() {
    Path file = data.resolve(Mnist.TEST_LABELS);
    double[] labels = new double[100];
    labels[42] = 10;
    IdxArray.of(IdxType.UNSIGNED_BYTE, Shape.of(100), labels).write(file);

    assertData(data, "%s: label 42 is 10; expected 0 to 9", file);
  }

  @Test
  void corruptGzip() throws IOException {
    Path plain = data.resolve(Mnist.TEST_LABELS);
    Path file = data.resolve(Mnist.TEST_LABELS + ".gz");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Files.readAllBytes(plain));
    }
    byte[] bytes = packed.toByteArray();
    bytes[bytes.length - 6] ^= 1; // in the checksum
    Files.write(file, bytes);
    Files.delete(plain);

    assertData(
        data,
        "%s: corrupt gzip data (Corrupt GZIP trailer) after 108 unpacked bytes; expected an"
            + " undamaged file",
        file);
  }

  private void assertData(Path directory, String format, Object... arguments) {
    Map<Path, String> before = contents();
    for (String[] more : new String[][] {{}, {"--json"}}) {
      Run run =
          Run.of(
              Stream.concat(
                      Stream.of("mnist", "--epochs", "1", "--data", directory.toString()),
                      Stream.of(more))
                  .toArray(String[]::new));
      assertProblem(run, format.formatted(arguments));
    }
    assertThat(contents()).as("nothing overwritten").isEqualTo(before);
  }

  private static void assertProblem(Run run, String message) {
    assertThat(run.err()).isEqualTo("descent mnist: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  private Map<Path, String> contents() {
    Map<Path, String> contents = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.put(file, Arrays.toString(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return contents;
  }
}
