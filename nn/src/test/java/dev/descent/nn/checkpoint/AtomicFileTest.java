package dev.descent.nn.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final String NAME = "weights.safetensors";

  @TempDir Path folder;

  /** Large enough that most of the time is spent on writing. */
  private static final Shape SHAPE = Shape.of(1 << 18);

  /** Writes a file again and again, each time full of another number, and says which is done. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] arguments) {
      int first = Integer.parseInt(arguments[1]);
      for (int number = first; true; number++) {
        SafeTensorsWriter writer = new SafeTensorsWriter();
        writer.put("a", Tensor.full(SHAPE, number));
        writer.put("b", Tensor.full(SHAPE, number));
        writer.write(Path.of(arguments[0]));
        System.out.println(number);
      }
    }
  }

  @Test
  void aKilledProcessLeavesAWholeFile() throws Exception {
    killWriters(8);
  }

  @Test
  @Tag("exhaustive")
  void aHundredKilledProcessesLeaveWholeFiles() throws Exception {
    killWriters(100);
  }

  private void killWriters(int times) throws IOException, InterruptedException {
    Path file = folder.resolve(NAME);
    RandomStream random = RandomStream.of(1, "kill");
    int next = 1;
    int interrupted = 0;
    for (int i = 0; i < times; i++) {
      int said = killWriter(file, next, random);
      int found = numberIn(file);
      assertThat(found).as("what is there after kill %d", i).isBetween(said, said + 1);
      next = found + 1;
      interrupted += deleteLeftovers();
    }
    assertThat(interrupted).as("kills in the midst of a file, of %d", times).isPositive();
  }

  /** Starts a process, kills it at some time after its first file, and gives the last one. */
  private static int killWriter(Path file, int first, RandomStream random)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("numbers", ".txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--class-path",
                    System.getProperty("java.class.path"),
                    Writing.class.getName(),
                    file.toString(),
                    Integer.toString(first)))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    while (process.isAlive() && Files.size(out) == 0) {
      Thread.sleep(1);
    }
    Thread.sleep(random.nextInt(20), random.nextInt(1_000_000));
    process.destroyForcibly().waitFor();
    String said = Files.readString(out);
    Files.delete(out);
    String whole = said.substring(0, said.lastIndexOf('\n')).strip();
    return Integer.parseInt(whole.substring(whole.lastIndexOf('\n') + 1));
  }

  /** The number that the whole file is full of. */
  private static int numberIn(Path file) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      float number = reader.tensor("a").get(0);
      assertThat(reader.tensor("a").toArray()).containsOnly(number);
      assertThat(reader.tensor("b").toArray()).containsOnly(number).hasSize(SHAPE.size());
      return (int) number;
    }
  }

  private int deleteLeftovers() throws IOException {
    int leftovers = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(each -> !each.endsWith(NAME)).toList()) {
        assertThat(each.getFileName().toString())
            .matches("\\.weights\\.safetensors\\.\\d+-\\d+\\.tmp");
        Files.delete(each);
        leftovers++;
      }
    }
    return leftovers;
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve(NAME), "old");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(ByteBuffer.wrap(new byte[1000]));
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": cannot be written: java.io.IOException: No space left on device");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(each -> !each.endsWith(NAME));
  }

  @Test
  void whatCannotBeWrittenIsSaidEarly() throws IOException {
    Path device = Path.of("/dev/null");
    Path nowhere = folder.resolve("missing").resolve(NAME);
    assertThatThrownBy(() -> AtomicFile.check(nowhere))
        .hasMessage(
            nowhere
                + ": cannot be written: there is no folder "
                + nowhere.getParent()
                + "; expected one");
    assertThatThrownBy(() -> AtomicFile.check(folder))
        .hasMessage(folder + ": cannot be written: it is no regular file; expected one, or none");
    if (Files.exists(device)) {
      assertThatThrownBy(() -> AtomicFile.check(device)).hasMessageContaining("no regular file");
    }
    AtomicFile.check(folder.resolve(NAME));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSymbolicLinkStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve(NAME), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, out -> out.write(ByteBuffer.wrap("new".getBytes(UTF_8))));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }
}
