package dev.descent.optim.transform;

import static dev.descent.optim.law.Precision.setGradient;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Sgd;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Gradients as transforms leave them. */
final class Transformed {
  private Transformed() {}

  /** The gradient of one parameter, whose values are zeros. */
  static float[] one(float[] gradient, GradientTransform... transforms) {
    return one(new float[gradient.length], Shape.of(gradient.length), gradient, transforms);
  }

  /** The gradient of one parameter with these values. */
  static float[] one(
      float[] values, Shape shape, float[] gradient, GradientTransform... transforms) {
    Parameter parameter = Parameter.of(shape, values);
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("p", parameter);
    setGradient(parameter, gradient);
    return new Optimizer(parameters, new Sgd(), transforms).gradients().get("p").toArray();
  }

  /** The gradients of several parameters, one after the other. */
  static float[][] several(float[][] gradients, GradientTransform... transforms) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (float[] gradient : gradients) {
      Parameter parameter = Parameter.of(Shape.of(gradient.length), new float[gradient.length]);
      setGradient(parameter, gradient);
      parameters.put("p" + parameters.size(), parameter);
    }
    return new Optimizer(parameters, new Sgd(), transforms)
        .gradients().values().stream().map(tensor -> tensor.toArray()).toArray(float[][]::new);
  }

  /** The norm, added up plainly. */
  static double norm(float[]... gradients) {
    double squares = 0;
    for (float[] gradient : gradients) {
      for (float g : gradient) {
        squares += (double) g * g;
      }
    }
    return Math.sqrt(squares);
  }
}
