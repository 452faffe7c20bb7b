package dev.descent.core.autodiff;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Part of a model whose intermediate results are not kept for the backward pass but computed again
 * there: less memory for a second forward pass (Chen et al. 2016, "Training Deep Nets with
 * Sublinear Memory Cost"). The gradients are the same, bit for bit.
 *
 * <pre>{@code
 * Tensor hidden = Checkpoint.of(x -> block.forward(x, pass), input);
 * }</pre>
 *
 * @param function what is computed; called again in each backward pass, so it must give the same
 *     each time and have no effects
 * @param arguments what it is applied to
 * @param parameters the parameters that it uses
 * @param shape the shape of its result
 */
public record Checkpoint(
    Function<List<Tensor>, Tensor> function,
    List<Tensor> arguments,
    List<Parameter> parameters,
    Shape shape)
    implements Op {
  /** Keeps copies of the lists. */
  public Checkpoint {
    arguments = List.copyOf(arguments);
    parameters = List.copyOf(parameters);
  }

  /** The function of one tensor. */
  public static Tensor of(UnaryOperator<Tensor> function, Tensor argument) {
    return of(arguments -> function.apply(arguments.getFirst()), List.of(argument));
  }

  /** The function of several tensors. */
  public static Tensor of(Function<List<Tensor>, Tensor> function, List<Tensor> arguments) {
    if (NoGradient.isActive()) {
      return function.apply(arguments);
    }
    Tensor result = function.apply(arguments);
    Op checkpoint =
        new Checkpoint(function, arguments, parametersBehind(result, arguments), result.shape());
    return Tensor.view(checkpoint, result, result.shape());
  }

  private static List<Parameter> parametersBehind(Tensor result, List<Tensor> arguments) {
    Set<Tensor> boundary = Results.identitySet(arguments);
    Set<Tensor> parameters = Results.identitySet(List.of());
    List<Parameter> found = new ArrayList<>();
    for (Tensor each : Results.usersFirst(result, boundary)) {
      Op operation = each.producer();
      for (Tensor input : operation == null ? List.of(each) : operation.inputs()) {
        if (input instanceof Parameter parameter
            && !boundary.contains(parameter)
            && parameters.add(parameter)) {
          found.add(parameter);
        }
      }
    }
    return found;
  }

  @Override
  public List<Tensor> inputs() {
    List<Tensor> inputs = new ArrayList<>(arguments);
    inputs.addAll(parameters);
    return inputs;
  }

  @Override
  public void forward(float[] out, int offset) {
    Tensor result = NoGradient.of(() -> function.apply(arguments));
    System.arraycopy(result.array(), result.offset(), out, offset, shape.size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    List<Tensor> inputs = inputs().stream().filter(sink::needs).toList();
    Tensor again = NoGradient.recorded(() -> function.apply(arguments));
    List<Tensor> gradients = Backward.through(again, gradient, inputs, sink.recorded());
    for (int i = 0; i < inputs.size(); i++) {
      sink.add(inputs.get(i), gradients.get(i));
    }
  }
}
