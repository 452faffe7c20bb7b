package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** Chooses parameters by name and shape. */
@FunctionalInterface
public interface Mask {
  /** Every parameter. */
  Mask ALL = (_, _) -> true;

  /**
   * Parameters with two axes or more: weights of layers, but neither biases nor the scales of
   * normalisations. What weight decay is usually for.
   */
  Mask MATRICES = (_, shape) -> shape.rank() >= 2;

  /** Whether a parameter is chosen. */
  boolean includes(String name, Shape shape);

  /** The parameters of these names. */
  static Mask named(String... names) {
    Set<String> known = Set.of(names);
    return (name, _) -> known.contains(name);
  }

  /** The parameters whose names start like this: {@code "0."} for those of the first layer. */
  static Mask startingWith(String prefix) {
    return (name, _) -> name.startsWith(prefix);
  }

  /** The parameters that both choose. */
  default Mask and(Mask other) {
    return (name, shape) -> includes(name, shape) && other.includes(name, shape);
  }

  /** The parameters that this one does not choose. */
  default Mask negate() {
    return (name, shape) -> !includes(name, shape);
  }

  /** The chosen ones among some parameters, in their order: for {@link ParameterGroup}. */
  default SequencedMap<String, Parameter> select(SequencedMap<String, Parameter> parameters) {
    SequencedMap<String, Parameter> selected = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      if (includes(name, parameter.shape())) {
        selected.put(name, parameter);
      }
    });
    return Collections.unmodifiableSequencedMap(selected);
  }
}
