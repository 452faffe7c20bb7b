package dev.descent.core.autodiff;

import dev.descent.core.op.Rectified;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations that a tensor was made with, to be read or drawn. Only what a gradient can flow
 * through was recorded; a result of constants is a constant.
 */
public final class Graph {
  /** All tensors of the graph, each after its inputs. */
  private final List<Tensor> tensors = new ArrayList<>();

  private final IdentityHashMap<Tensor, Integer> numbers = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();

  private Graph(Tensor result, Map<String, ? extends Tensor> names) {
    names.forEach((name, tensor) -> this.names.put(tensor, name));
    for (Tensor each : Results.usersFirst(result, Set.of()).reversed()) {
      inputs(each).forEach(this::add);
      add(each);
    }
  }

  /** The graph behind a result. */
  public static Graph of(Tensor result) {
    return new Graph(result, Map.of());
  }

  /**
   * The graph behind a result, with names for some of its tensors.
   *
   * @param names such as the parameters of a model by name
   */
  public static Graph of(Tensor result, Map<String, ? extends Tensor> names) {
    return new Graph(result, names);
  }

  private void add(Tensor tensor) {
    if (numbers.putIfAbsent(tensor, tensors.size()) == null) {
      tensors.add(tensor);
    }
  }

  private static List<Tensor> inputs(Tensor tensor) {
    Op operation = tensor.producer();
    return operation == null ? List.of() : operation.inputs();
  }

  /** What kind of tensor it is, its name if it has one, and its shape. */
  private String label(Tensor tensor) {
    Op operation = tensor.producer();
    String kind =
        operation != null
            ? kind(operation)
            : tensor instanceof Parameter ? "parameter" : "constant";
    String name = names.get(tensor);
    return kind + (name == null ? " " : " " + name + " ") + tensor.shape();
  }

  private static String kind(Op operation) {
    return operation instanceof Rectified(Op rectified)
        ? "Rectified" + kind(rectified)
        : operation.getClass().getSimpleName();
  }

  /** A line for each tensor, its inputs by number: {@code 2: Multiply [3] of 0, 1}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Tensor tensor : tensors) {
      text.append(numbers.get(tensor)).append(": ").append(label(tensor));
      List<String> from =
          inputs(tensor).stream().map(input -> String.valueOf(numbers.get(input))).toList();
      text.append(from.isEmpty() ? "" : " of " + String.join(", ", from)).append('\n');
    }
    return text.toString();
  }

  /** A flow chart in the language of Mermaid: parameters are rounded, constants slanted. */
  public String mermaid() {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    for (Tensor tensor : tensors) {
      String quoted = '"' + label(tensor).replace("\"", "#quot;") + '"';
      String node =
          tensor.producer() != null
              ? "[" + quoted + "]"
              : tensor instanceof Parameter ? "([" + quoted + "])" : "[/" + quoted + "/]";
      text.append("  t%d%s\n".formatted(numbers.get(tensor), node));
    }
    edges(text, "  t%d --> t%d\n");
    return text.toString();
  }

  /** A graph in the language of Graphviz: parameters are rounded, constants slanted. */
  public String graphviz() {
    StringBuilder text = new StringBuilder("digraph {\n");
    for (Tensor tensor : tensors) {
      String shape =
          tensor.producer() != null
              ? "box"
              : tensor instanceof Parameter ? "ellipse" : "parallelogram";
      String quoted = label(tensor).replace("\\", "\\\\").replace("\"", "\\\"");
      text.append(
          "  t%d [label=\"%s\", shape=%s];\n".formatted(numbers.get(tensor), quoted, shape));
    }
    edges(text, "  t%d -> t%d;\n");
    return text.append("}\n").toString();
  }

  private void edges(StringBuilder text, String format) {
    for (Tensor tensor : tensors) {
      for (Tensor input : inputs(tensor)) {
        text.append(format.formatted(numbers.get(input), numbers.get(tensor)));
      }
    }
  }
}
