package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.setting.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Parameters that move alike: along one rule, with one learning rate. An {@link Optimizer} may have
 * several groups:
 *
 * <pre>{@code
 * Mask head = Mask.startingWith("3.");
 * Optimizer optimizer =
 *     new Optimizer(
 *         List.of(
 *             new ParameterGroup(head.select(model.parameters()), new Adam(), 0.001),
 *             new ParameterGroup(head.negate().select(model.parameters()), new Adam(), 0.0001)
 *                 .withWeightDecay(0.01, Mask.MATRICES)));
 * }</pre>
 *
 * <p><b>Weight decay</b> is decoupled from the gradient and goes with any rule: before the rule
 * moves a parameter,
 *
 * <pre>
 * w = w - lr weightDecay w
 * </pre>
 *
 * <p>(I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", arXiv 1711.05101). As
 * in PyTorch and Keras it is multiplied by the learning rate, which the paper leaves out. The
 * gradient is that of the value before the decay, so for rules that do not look at values this is
 * the same as the sum of both changes. {@link dev.descent.optim.transform.L2Penalty} is something
 * else.
 *
 * @param parameters by name, in the order of the optimizer's
 * @param rule how a coordinate moves
 * @param schedule the learning rate of each step
 * @param weightDecay the part of a value that goes at each step, before it is multiplied by the
 *     learning rate; finite, zero or greater
 * @param decayed which parameters decay
 */
public record ParameterGroup(
    SequencedMap<String, Parameter> parameters,
    UpdateRule rule,
    Schedule schedule,
    double weightDecay,
    Mask decayed) {
  /**
   * Checks the range and the parameters, and copies the map.
   *
   * @throws IllegalArgumentException if there is no parameter, the weight decay is out of range, or
   *     there is some and every parameter is left out of it
   */
  public ParameterGroup {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    Check.notNegative("weightDecay", weightDecay);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs at least one parameter; got none");
    }
    if (weightDecay > 0 && decayed.select(parameters).isEmpty()) {
      throw new IllegalArgumentException(
          "the mask of weight decay %s leaves out every parameter; expected one of %s"
              .formatted(weightDecay, parameters.keySet()));
    }
  }

  /** Parameters without weight decay whose learning rate follows a schedule. */
  public ParameterGroup(
      SequencedMap<String, Parameter> parameters, UpdateRule rule, Schedule schedule) {
    this(parameters, rule, schedule, 0, Mask.ALL);
  }

  /**
   * Parameters without weight decay and with a constant learning rate.
   *
   * @param learningRate finite, zero or greater
   */
  public ParameterGroup(
      SequencedMap<String, Parameter> parameters, UpdateRule rule, double learningRate) {
    this(parameters, rule, Schedule.constant(learningRate));
  }

  /** Parameters without weight decay and with the rule's default learning rate. */
  public ParameterGroup(SequencedMap<String, Parameter> parameters, UpdateRule rule) {
    this(parameters, rule, rule.defaultLearningRate());
  }

  /** This group with weight decay for some of its parameters. */
  public ParameterGroup withWeightDecay(double weightDecay, Mask decayed) {
    return new ParameterGroup(parameters, rule, schedule, weightDecay, decayed);
  }

  /** This group with weight decay for all of its parameters. */
  public ParameterGroup withWeightDecay(double weightDecay) {
    return withWeightDecay(weightDecay, Mask.ALL);
  }

  /** The weight decay of one parameter: zero if it is left out. */
  public double weightDecay(String name) {
    Parameter parameter = parameters.get(name);
    return parameter != null && decayed.includes(name, parameter.shape()) ? weightDecay : 0;
  }

  /**
   * The learning rate of a step.
   *
   * @throws IllegalStateException if the schedule gives one that is not finite or negative
   */
  double learningRate(long stepsTaken) {
    double learningRate = schedule.learningRate(stepsTaken);
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          "the learning rate is %s at step %d of %s; expected a finite number >= 0"
              .formatted(learningRate, stepsTaken + 1, schedule));
    }
    return learningRate;
  }
}
