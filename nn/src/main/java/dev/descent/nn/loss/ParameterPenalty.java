package dev.descent.nn.loss;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;
import java.util.Collection;
import java.util.List;

/**
 * A loss that grows with the parameters, whatever the predictions: a part of what training makes
 * small, to be added to a {@link Loss} of any kind.
 *
 * <pre>{@code
 * var weights = Mask.MATRICES.select(model.parameters()).values();
 * Loss<Indices> loss = new CrossEntropy().plus(ParameterPenalty.l2(1e-4, weights));
 * }</pre>
 *
 * <p>It shows in all losses that are reported, those of validation too, as in Keras. The gradient
 * transforms {@link dev.descent.optim.transform.L1Penalty} and {@link
 * dev.descent.optim.transform.L2Penalty} make training take the same steps, but for rounding,
 * without a trace in the loss, and cost less.
 *
 * @param kind what grows
 * @param strength the weight of the penalty; finite, zero or greater
 * @param parameters what is to stay small, at least one
 */
public record ParameterPenalty(Kind kind, double strength, List<Parameter> parameters)
    implements Loss<Object> {
  /** What grows with a parameter. */
  public enum Kind {
    /** The sum of magnitudes, whose gradient is the sign: 0 at 0. */
    L1 {
      @Override
      Tensor of(Tensor parameter) {
        return parameter.abs().sum();
      }
    },
    /** Half the sum of squares, whose gradient is the parameter itself. */
    L2 {
      @Override
      Tensor of(Tensor parameter) {
        return parameter.square().sum().times(0.5f);
      }
    };

    abstract Tensor of(Tensor parameter);
  }

  /**
   * Checks the range, and copies the list.
   *
   * @throws IllegalArgumentException if the strength is out of range, or there is no parameter
   */
  public ParameterPenalty {
    Check.notNegative("strength", strength);
    parameters = List.copyOf(parameters);
    Check.check(!parameters.isEmpty(), "the number of parameters", 0, "at least one");
  }

  /** {@code strength sum |w|} over all elements of all parameters. */
  public static ParameterPenalty l1(double strength, Collection<Parameter> parameters) {
    return new ParameterPenalty(Kind.L1, strength, List.copyOf(parameters));
  }

  /**
   * {@code strength / 2 sum w^2} over all elements of all parameters, as {@link
   * dev.descent.optim.transform.L2Penalty}; Keras's has no half.
   */
  public static ParameterPenalty l2(double strength, Collection<Parameter> parameters) {
    return new ParameterPenalty(Kind.L2, strength, List.copyOf(parameters));
  }

  /** The penalty; predictions and targets do not matter. */
  @Override
  public Tensor of(Tensor predictions, Object targets) {
    Tensor sum = Tensor.scalar(0);
    for (Parameter parameter : parameters) {
      sum = sum.plus(kind.of(parameter));
    }
    return sum.times((float) strength);
  }
}
