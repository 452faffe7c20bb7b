package dev.descent.optim.quasinewton;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * L-BFGS: Newton's method with what the last gradients tell about the second derivatives, and a
 * line search. For losses without noise: whole data sets, not batches.
 *
 * <pre>{@code
 * Lbfgs optimizer = new Lbfgs(model.parameters(), new LbfgsSettings());
 * for (int i = 0; i < 10; i++) {
 *   double lossBefore = optimizer.step(() -> {
 *     optimizer.clearGradients();
 *     Tensor loss = loss(model, data);
 *     loss.backward();
 *     return loss;
 *   });
 * }
 * }</pre>
 *
 * <p>A step is up to {@link LbfgsSettings#iterations} directions, as with PyTorch's {@code
 * LBFGS(line_search_fn="strong_wolfe")}. The formula and its source are in {@link Minimiser}.
 *
 * <p>Directions and history are kept in double, {@code 2 history + 6} numbers for each coordinate;
 * parameters and the gradients that the closure computes are float32. A loss that differs by less
 * than a float can show ends the search.
 */
public final class Lbfgs {
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final Minimiser minimiser;
  private Supplier<Tensor> closure =
      () -> {
        throw new IllegalStateException("no loss; expected step()");
      };

  /**
   * An optimizer of all parameters together.
   *
   * @param parameters what to train, by name, as a model gives it; those that are frozen are left
   *     out
   * @throws IllegalArgumentException if there is no trainable parameter
   */
  public Lbfgs(SequencedMap<String, Parameter> parameters, LbfgsSettings settings) {
    parameters.forEach((name, parameter) -> {
      if (parameter.trainable()) {
        this.parameters.put(name, parameter);
      }
    });
    if (this.parameters.isEmpty()) {
      throw new IllegalArgumentException("L-BFGS needs at least one trainable parameter; got none");
    }
    int size = this.parameters.values().stream().mapToInt(Parameter::size).sum();
    minimiser = new Minimiser(this::evaluate, settings, new double[size]);
  }

  /**
   * Takes a step.
   *
   * @param lossAndGradients clears the gradients, computes the loss where the parameters are, calls
   *     {@code backward()} and returns the loss, one number. It is called again and again
   * @return the loss before the step
   * @throws IllegalStateException if a parameter has no gradient after a call
   */
  public double step(Supplier<Tensor> lossAndGradients) {
    closure = lossAndGradients;
    int at = 0;
    for (Parameter parameter : parameters.values()) {
      for (int i = 0; i < parameter.size(); i++) {
        minimiser.moveTo(at++, parameter.array()[parameter.offset() + i]);
      }
    }
    double[] before = minimiser.point();
    boolean done = false;
    try {
      double loss = minimiser.step();
      done = true;
      return loss;
    } finally {
      move(done ? minimiser.point() : before);
    }
  }

  /** Forgets the gradients of all parameters. */
  public void clearGradients() {
    parameters.values().forEach(Parameter::clearGradient);
  }

  /** How many directions have been taken in all steps. */
  public long iterations() {
    return minimiser.iterations();
  }

  /** How often the closure has been called in all steps. */
  public long evaluations() {
    return minimiser.evaluations();
  }

  private double evaluate(double[] point, double[] gradient) {
    move(point);
    Tensor loss = closure.get();
    int at = 0;
    for (Map.Entry<String, Parameter> parameter : parameters.entrySet()) {
      Tensor own = parameter.getValue().gradient();
      if (own == null) {
        throw new IllegalStateException(
            "parameter %s has no gradient; expected a closure that calls backward() on a loss that"
                    .formatted(parameter.getKey())
                + " depends on it");
      }
      for (int i = 0; i < own.size(); i++) {
        gradient[at++] = own.array()[own.offset() + i];
      }
    }
    return loss.item();
  }

  private void move(double[] point) {
    int at = 0;
    for (Parameter parameter : parameters.values()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameter.array()[parameter.offset() + i] = (float) point[at++];
      }
    }
  }
}
