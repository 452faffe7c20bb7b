package dev.descent.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.BatchNorm;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Adam;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights go to PyTorch and back. What PyTorch wrote is among the resources; where {@code
 * DESCENT_PYTHON} names a Python that has PyTorch, it also reads what is written here. Where it
 * does not, what is written here has to be what PyTorch wrote, byte for byte.
 */
class PyTorchTest {
  private static final Path SCRIPT = Path.of("src", "test", "python", "safetensors_module.py");

  private static final @Nullable String PYTHON = System.getenv("DESCENT_PYTHON");

  @TempDir Path folder;

  /** The same module as the script's. */
  private static Layer module(long seed) {
    RandomStream random = RandomStream.of(seed, "module");
    return Sequential.of(
        Conv2d.of(1, 2, Window.of(3), random),
        BatchNorm.of(2),
        Activation.RELU,
        new Flatten(),
        Linear.of(32, 3, random));
  }

  private static Tensor images() {
    float[] values = new float[72];
    for (int i = 0; i < values.length; i++) {
      values[i] = -1 + 2f * i / 71;
    }
    return Tensor.of(Shape.of(2, 1, 6, 6), values);
  }

  private static byte[] resource(String name) {
    try (InputStream in = PyTorchTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static void assertOutput(Layer module, String expected) {
    float[] actual = module.forward(images()).toArray();
    double[] numbers = numbers(expected);
    assertThat(numbers).hasSize(actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("output %d", i).isCloseTo(numbers[i], within(1e-6));
    }
  }

  private static String python(String command, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, SCRIPT.toString(), command, file.toString()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err).isZero();
    return out;
  }

  @Test
  void readsWhatPyTorchWrote() {
    Layer module = module(1);
    Weights.load(module, SafeTensorsReader.of("module", resource("module.safetensors")));
    assertOutput(module, new String(resource("output.txt"), StandardCharsets.UTF_8));
  }

  @Test
  void writesTheBytesThatTheLibraryWrote() {
    assertWritesTheBytesThatTheLibraryWrote();
  }

  private static void assertWritesTheBytesThatTheLibraryWrote() {
    Layer module = module(1);
    byte[] file = resource("module.safetensors");
    Weights.load(module, SafeTensorsReader.of("module", file));
    assertThat(Weights.writer(module).toBytes()).isEqualTo(file);
  }

  /** A module that has learned here makes the same of images there, when it is loaded strictly. */
  @Test
  void pyTorchReadsWhatIsSaved() throws IOException, InterruptedException {
    if (PYTHON == null) {
      assertWritesTheBytesThatTheLibraryWrote();
      return;
    }
    Layer module = module(2);
    learn(module, new Optimizer(module.parameters(), new Adam(), 0.1));
    Path file = folder.resolve("saved.safetensors");
    Weights.save(module, file);
    assertOutput(module, python("module", file));
  }

  /**
   * Checkpoints are files that Python reads, too: each tensor with its type, shape and checksum.
   */
  @Test
  void pythonReadsCheckpoints() throws IOException, InterruptedException {
    Layer module = module(2);
    Optimizer optimizer = new Optimizer(module.parameters(), new Adam(), 0.1);
    learn(module, optimizer);
    Path file = folder.resolve("checkpoint.safetensors");
    TrainingState.of(module, optimizer, List.of(), new LinkedHashMap<>()).write(file);
    Map<String, String> described = described(file);
    assertThat(described)
        .containsKeys(
            "optimizer.parameter/0.weight/slot/m", "model.1.running_var", "optimizer.steps_taken");
    if (PYTHON != null) {
      Map<String, String> lines = new TreeMap<>();
      python("list", file)
          .lines()
          .forEach(line ->
              lines.put(
                  line.substring(0, line.indexOf('|')), line.substring(line.indexOf('|') + 1)));
      assertThat(lines).isEqualTo(described);
    }
  }

  private static Map<String, String> described(Path file) {
    Map<String, String> lines = new TreeMap<>();
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      for (String name : reader.names()) {
        ByteBuffer bytes =
            ByteBuffer.allocate(reader.shape(name).size() * reader.type(name).bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (reader.type(name)) {
          case FLOAT32 -> bytes.asFloatBuffer().put(reader.tensor(name).toArray());
          case FLOAT64 -> bytes.asDoubleBuffer().put(reader.doubles(name));
          default -> bytes.asLongBuffer().put(reader.longs(name));
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        lines.put(
            name, "%s|%s|%d".formatted(reader.type(name), reader.shape(name), checksum.getValue()));
      }
    }
    return lines;
  }

  private static void learn(Layer module, Optimizer optimizer) {
    for (int step = 0; step < 2; step++) {
      Tensor output = module.forward(images(), Pass.training(1, step));
      optimizer.clearGradients();
      new CrossEntropy().of(output, Indices.of(0, 2)).backward();
      optimizer.step();
    }
    for (Parameter parameter : module.parameters().values()) {
      assertThat(parameter.gradient()).isNotNull();
    }
  }
}
