package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.layer.Layer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model's parameters and buffers in a file of their own, under the names and in the layouts of
 * PyTorch's state dict, so that they travel both ways:
 *
 * <pre>{@code
 * Weights.save(model, Path.of("model.safetensors"));
 * // model.load_state_dict(safetensors.torch.load_file("model.safetensors"))
 * }</pre>
 */
public final class Weights {
  /**
   * What a batch norm has counted is a float here, like all numbers of a model, but I64 in PyTorch.
   */
  private static final String BATCH_COUNT = "num_batches_tracked";

  private Weights() {}

  /**
   * Writes a model's parameters and buffers.
   *
   * @throws DataException if the file cannot be written
   */
  public static void save(Layer model, Path file) {
    writer(model).write(file);
  }

  /** The file that {@link #save} writes. */
  static SafeTensorsWriter writer(Layer model) {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.putMetadata("format", "pt");
    of(model)
        .forEach((name, tensor) -> {
          if (isBatchCount(name)) {
            writer.put(name, tensor.shape(), (long) tensor.item());
          } else {
            writer.put(name, tensor);
          }
        });
    return writer;
  }

  private static boolean isBatchCount(String name) {
    return name.equals(BATCH_COUNT) || name.endsWith("." + BATCH_COUNT);
  }

  /**
   * Puts the numbers of a file in the place of a model's parameters and buffers.
   *
   * @throws DataException if the file cannot be read, or has other names or shapes than the model;
   *     nothing has changed then
   */
  public static void load(Layer model, Path file) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      load(model, reader);
    }
  }

  /**
   * The same from a file that is open, or in memory.
   *
   * @throws DataException as from a file
   */
  public static void load(Layer model, SafeTensorsReader file) {
    SequencedMap<String, Tensor> read = new LinkedHashMap<>();
    for (String name : file.names()) {
      read.put(name, isBatchCount(name) ? count(name, file) : file.tensor(name));
    }
    replace(model, read, file.source());
  }

  private static Tensor count(String name, SafeTensorsReader file) {
    long[] counts = file.longs(name);
    float[] floats = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      floats[i] = counts[i];
    }
    return Tensor.of(file.shape(name), floats);
  }

  /** All parameters and buffers by name; not copied. */
  static SequencedMap<String, Tensor> of(Layer model) {
    SequencedMap<String, Tensor> all = new LinkedHashMap<>(model.parameters());
    all.putAll(model.buffers());
    return all;
  }

  /**
   * Copies numbers into a model.
   *
   * @param source where they are from, for error messages
   * @throws DataException if names or shapes differ; nothing has changed then
   */
  static void replace(Layer model, Map<String, Tensor> numbers, String source) {
    check(model, numbers, source);
    of(model)
        .forEach((name, place) -> {
          Tensor from = numbers.getOrDefault(name, place);
          System.arraycopy(
              from.array(), from.offset(), place.array(), place.offset(), place.size());
        });
  }

  /**
   * Checks that numbers fit a model.
   *
   * @throws DataException if names or shapes differ
   */
  static void check(Layer model, Map<String, Tensor> numbers, String source) {
    SequencedMap<String, Tensor> places = of(model);
    for (String name : numbers.keySet()) {
      if (!places.containsKey(name)) {
        throw new DataException(
            source,
            "holds a tensor %s, which the model has not; expected %s"
                .formatted(name, places.keySet()));
      }
    }
    places.forEach((name, place) -> check(name, place.shape(), numbers, source));
  }

  private static void check(
      String name, Shape expected, Map<String, Tensor> numbers, String source) {
    Tensor from = numbers.get(name);
    if (from == null) {
      throw new DataException(
          source, "holds no %s; expected one of shape %s".formatted(name, expected));
    }
    if (!from.shape().equals(expected)) {
      throw new DataException(
          source,
          "holds %s of shape %s; expected %s, as in the model"
              .formatted(name, from.shape(), expected));
    }
  }
}
