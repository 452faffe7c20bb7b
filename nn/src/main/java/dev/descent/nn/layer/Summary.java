package dev.descent.nn.layer;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model with their output shapes and parameter counts. As text it is a table:
 *
 * <pre>
 * layer          output     parameters
 * Sequential     [1, 10]    101,770
 *   0 Flatten    [1, 784]         0
 *   1 Linear     [1, 128]   100,480
 *   2 RELU       [1, 128]         0
 *   3 Linear     [1, 10]      1,290
 *
 * 101,770 parameters: 101,770 trainable, 0 frozen
 * </pre>
 *
 * @param rows the model and all layers in it, each before what it is made of
 * @param trainable how many numbers training changes; a parameter that several layers share counts
 *     once
 * @param frozen how many numbers of parameters stay as they are
 */
public record Summary(List<Row> rows, long trainable, long frozen) {
  /**
   * A layer.
   *
   * @param place where it is, as in the names of its parameters; empty for the model itself
   * @param layer what it is: {@code Linear}
   * @param output the shape of what it makes; null where it is not applied by {@link Pass#apply}
   * @param parameters how many numbers its parameters and those of its inner layers have
   * @param frozen how many of them are frozen
   */
  public record Row(
      String place, String layer, @Nullable Shape output, long parameters, long frozen) {}

  /** Keeps a copy of the rows. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * What a model is made of.
   *
   * @param model the model
   * @param input the shape of an input; the model is applied to zeros of it, as in evaluation
   */
  public static Summary of(Layer model, Shape input) {
    Map<String, Shape> outputs = new HashMap<>();
    Pass pass = new Pass(false, 0, 0, "", (place, output) -> outputs.put(place, output.shape()));
    Tensor output = NoGradient.of(() -> model.forward(Tensor.zeros(input), pass));
    outputs.put("", output.shape());
    List<Row> rows = new ArrayList<>();
    addRows("", model, outputs, rows);
    Set<Parameter> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(model.parameters().values());
    long frozen = frozen(all);
    return new Summary(rows, size(all) - frozen, frozen);
  }

  private static void addRows(
      String place, Layer layer, Map<String, Shape> outputs, List<Row> rows) {
    Collection<Parameter> parameters = layer.parameters().values();
    rows.add(new Row(place, name(layer), outputs.get(place), size(parameters), frozen(parameters)));
    String prefix = place.isEmpty() ? "" : place + ".";
    layer.parts().layers().forEach((name, inner) -> addRows(prefix + name, inner, outputs, rows));
  }

  private static String name(Layer layer) {
    if (layer instanceof Enum<?> constant) {
      return constant.name();
    }
    String name = layer.getClass().getSimpleName();
    return name.isEmpty() || name.contains("$$Lambda") ? "Layer" : name;
  }

  private static long size(Collection<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  private static long frozen(Collection<Parameter> parameters) {
    return size(parameters.stream().filter(parameter -> !parameter.trainable()).toList());
  }

  /** The table, and the counts below it. */
  @Override
  public String toString() {
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"layer", "output", "parameters", ""});
    for (Row row : rows) {
      String output = row.output() == null ? "" : row.output().toString();
      lines.add(new String[] {title(row), output, number(row.parameters()), note(row)});
    }
    int layers = width(lines, 0);
    int outputs = width(lines, 1);
    int counts = width(lines, 2);
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      String format = "%-" + layers + "s  %-" + outputs + "s  %" + counts + "s  %s";
      text.append(format.formatted((Object[]) line).stripTrailing()).append('\n');
    }
    return text.append('\n')
        .append(number(trainable + frozen))
        .append(" parameters: ")
        .append(number(trainable))
        .append(" trainable, ")
        .append(number(frozen))
        .append(" frozen")
        .toString();
  }

  /** The last word of the place and the layer's name, two blanks further in for each level. */
  private static String title(Row row) {
    if (row.place().isEmpty()) {
      return row.layer();
    }
    int level = (int) row.place().chars().filter(c -> c == '.').count() + 1;
    String last = row.place().substring(row.place().lastIndexOf('.') + 1);
    return "  ".repeat(level) + last + " " + row.layer();
  }

  private static String note(Row row) {
    if (row.frozen() == 0) {
      return "";
    }
    return row.frozen() == row.parameters() ? "frozen" : number(row.frozen()) + " frozen";
  }

  private static int width(List<String[]> lines, int column) {
    return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
