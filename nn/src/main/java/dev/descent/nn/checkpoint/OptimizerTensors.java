package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.optim.OptimizerState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer's state as tensors of a file: every number in the type that it has, every bit of it.
 *
 * <pre>
 * optimizer.steps_taken                         I64 [], also steps_skipped, skipped_in_a_row, accumulated
 * optimizer.schedule/0.best                     F64 []
 * optimizer.parameter/0.weight/steps_taken      I64 []
 * optimizer.parameter/0.weight/slot/m           F32
 * optimizer.parameter/0.weight/common/d         F64 []
 * optimizer.parameter/0.weight/second/STAGE     F32
 * optimizer.parameter/0.weight/accumulated/sum  F32, with rows I64 [rows] for a gradient by rows
 * </pre>
 *
 * The rules are texts among the metadata: {@code optimizer.rule/0.weight}.
 */
final class OptimizerTensors {
  private static final String PREFIX = "optimizer.";
  private static final String STEPS_TAKEN = PREFIX + "steps_taken";
  private static final String STEPS_SKIPPED = PREFIX + "steps_skipped";
  private static final String SKIPPED_IN_A_ROW = PREFIX + "skipped_in_a_row";
  private static final String ACCUMULATED = PREFIX + "accumulated";
  private static final String SCHEDULE = PREFIX + "schedule/";
  private static final String RULE = PREFIX + "rule/";
  private static final String PARAMETER = PREFIX + "parameter/";

  private OptimizerTensors() {}

  static void write(OptimizerState state, SafeTensorsWriter writer) {
    writer.put(STEPS_TAKEN, Shape.SCALAR, state.stepsTaken());
    writer.put(STEPS_SKIPPED, Shape.SCALAR, state.stepsSkipped());
    writer.put(SKIPPED_IN_A_ROW, Shape.SCALAR, state.skippedInARow());
    writer.put(ACCUMULATED, Shape.SCALAR, (long) state.accumulated());
    state.schedules().forEach((name, value) -> writer.put(SCHEDULE + name, Shape.SCALAR, value));
    state
        .parameters()
        .forEach((name, parameter) -> {
          writer.putMetadata(RULE + name, parameter.rule());
          write(parameter, prefix(name), writer);
        });
  }

  private static String prefix(String parameter) {
    return PARAMETER + parameter + "/";
  }

  private static void write(
      OptimizerState.OfParameter state, String prefix, SafeTensorsWriter writer) {
    writer.put(prefix + "steps_taken", Shape.SCALAR, state.stepsTaken());
    writer.putAll(prefix + "slot/", state.slots());
    state
        .common()
        .forEach((name, value) -> writer.put(prefix + "common/" + name, Shape.SCALAR, value));
    writer.putAll(prefix + "second/", state.secondWeights());
    OptimizerState.Accumulated accumulated = state.accumulated();
    if (accumulated != null) {
      writer.put(prefix + "accumulated/sum", accumulated.sum());
      if (accumulated.rows() != null) {
        int[] rows = accumulated.rows().toArray();
        writer.put(
            prefix + "accumulated/rows",
            Shape.of(rows.length),
            Arrays.stream(rows).asLongStream().toArray());
      }
    }
  }

  static OptimizerState read(SafeTensorsReader reader) {
    SequencedMap<String, OptimizerState.OfParameter> parameters = new LinkedHashMap<>();
    reader
        .metadata()
        .forEach((key, rule) -> {
          if (key.startsWith(RULE)) {
            String name = key.substring(RULE.length());
            parameters.put(name, readParameter(rule, prefix(name), reader));
          }
        });
    return new OptimizerState(
        count(STEPS_TAKEN, reader),
        count(STEPS_SKIPPED, reader),
        count(SKIPPED_IN_A_ROW, reader),
        Math.clamp(count(ACCUMULATED, reader), 0, Integer.MAX_VALUE),
        numbers(SCHEDULE, reader),
        parameters);
  }

  private static OptimizerState.OfParameter readParameter(
      String rule, String prefix, SafeTensorsReader reader) {
    return new OptimizerState.OfParameter(
        rule,
        count(prefix + "steps_taken", reader),
        tensors(prefix + "slot/", reader),
        numbers(prefix + "common/", reader),
        tensors(prefix + "second/", reader),
        accumulated(prefix + "accumulated/", reader));
  }

  private static OptimizerState.@Nullable Accumulated accumulated(
      String prefix, SafeTensorsReader reader) {
    if (!reader.names().contains(prefix + "sum")) {
      return null;
    }
    Indices rows = null;
    if (reader.names().contains(prefix + "rows")) {
      rows =
          Indices.of(
              Arrays.stream(reader.longs(prefix + "rows"))
                  .mapToInt(row -> Math.clamp(row, -1, Integer.MAX_VALUE))
                  .toArray());
    }
    return new OptimizerState.Accumulated(reader.tensor(prefix + "sum"), rows);
  }

  /** The tensors whose names start with the prefix, by the rest of their names. */
  static SequencedMap<String, Tensor> tensors(String prefix, SafeTensorsReader reader) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : reader.names()) {
      if (name.startsWith(prefix)) {
        tensors.put(name.substring(prefix.length()), reader.tensor(name));
      }
    }
    return tensors;
  }

  private static SequencedMap<String, Double> numbers(String prefix, SafeTensorsReader reader) {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    for (String name : reader.names()) {
      if (name.startsWith(prefix)) {
        double[] values = reader.doubles(name);
        check(values.length == 1, name, Arrays.toString(values), "one number", reader);
        numbers.put(name.substring(prefix.length()), values[0]);
      }
    }
    return numbers;
  }

  private static long count(String name, SafeTensorsReader reader) {
    long[] values = reader.longs(name);
    check(
        values.length == 1 && values[0] >= 0,
        name,
        Arrays.toString(values),
        "one number >= 0",
        reader);
    return values[0];
  }

  private static void check(
      boolean isGood, String name, String value, String expected, SafeTensorsReader reader) {
    if (!isGood) {
      throw new DataException(
          reader.source(), "%s is %s; expected %s".formatted(name, value, expected));
    }
  }
}
