package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.schedule.Learned;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.setting.Check;
import dev.descent.optim.study.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves parameters along rules, with learning rates from schedules, and keeps the rules' state.
 *
 * <pre>{@code
 * Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.001);
 * for (Batch batch : batches) {
 *   optimizer.clearGradients();
 *   loss(model, batch).backward();
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>What is to happen around the rule follows it, as one {@link Stage} after the other. Parameters
 * that are to move each in their own way are several {@link ParameterGroup}s.
 *
 * <p>State is allocated here, in the constructor; a step allocates nothing, unless a rule
 * multiplies matrices or runs on its specification. Large parameters are shared among {@link
 * dev.descent.core.kernel.Machine#threads}, which changes no bit of the result. An optimizer is for
 * one thread at a time.
 */
public final class Optimizer {
  private final List<BoundGroup> groups;
  private final Stages stages;
  private final BoundParameters parameters;
  private final BoundParameter[] bound;
  private final GradientPipeline pipeline;
  private long stepsTaken;
  private long stepsSkipped;
  private long skippedInARow;
  private int accumulated;
  private @Nullable Averaged averaged;

  /** An optimizer with the rule's default learning rate. */
  public Optimizer(SequencedMap<String, Parameter> parameters, UpdateRule rule, Stage... stages) {
    this(List.of(new ParameterGroup(parameters, rule)), stages);
  }

  /**
   * An optimizer with a constant learning rate.
   *
   * @param learningRate finite, zero or greater
   */
  public Optimizer(
      SequencedMap<String, Parameter> parameters,
      UpdateRule rule,
      double learningRate,
      Stage... stages) {
    this(List.of(new ParameterGroup(parameters, rule, learningRate)), stages);
  }

  /**
   * An optimizer whose learning rate follows a schedule.
   *
   * @param parameters what to train, by name, as a model gives it
   * @param rule how a coordinate moves
   * @param schedule the learning rate of each step
   * @param stages what happens around the rule
   * @throws IllegalArgumentException as with several groups
   */
  public Optimizer(
      SequencedMap<String, Parameter> parameters,
      UpdateRule rule,
      Schedule schedule,
      Stage... stages) {
    this(List.of(new ParameterGroup(parameters, rule, schedule)), stages);
  }

  /**
   * An optimizer of several groups of parameters.
   *
   * @param groups which parameters move how
   * @param stages what happens around the rules, to the parameters of all groups together
   * @throws IllegalArgumentException if there is no parameter, if one parameter is there twice or
   *     two have one name, if two of a rule's slots have one name, if a stage's mask leaves out
   *     every parameter, or if the stages do not go together: see {@link
   *     dev.descent.optim.stage.Accumulation} and {@link SecondWeights#isAverage}
   */
  public Optimizer(List<ParameterGroup> groups, Stage... stages) {
    this.groups = groups.stream().map(BoundGroup::new).toList();
    this.stages = Stages.of(groups, List.of(stages));
    parameters = BoundParameters.of(this.groups, this.stages.followers());
    bound = parameters.all();
    pipeline = new GradientPipeline(parameters.gradients(), this.stages.transforms());
  }

  /**
   * Moves every trainable parameter by one step of its rule. Frozen parameters and their state stay
   * as they are, and the step does not count for them.
   *
   * <p>A gradient that is infinite or NaN is not hidden: it makes its coordinate infinite or NaN.
   * Only rules that look at nothing but signs take infinity for a large number. {@link
   * dev.descent.optim.transform.FailOnNonFinite} and {@link
   * dev.descent.optim.transform.SkipNonFinite} are for those who want something else.
   *
   * @return whether a step was taken: false if a stage skipped it, or is waiting for more gradients
   * @throws IllegalStateException if a trainable parameter has no gradient, if a schedule gives a
   *     learning rate that is not finite or negative, if a stage refuses the gradients, or while
   *     the parameters are {@link #averaged}; nothing has moved then
   */
  public boolean step() {
    checkNotAveraged("step()");
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).start(stepsTaken);
    }
    pipeline.read();
    if (++accumulated < stages.accumulated()) {
      return false;
    }
    accumulated = 0;
    if (!pipeline.transform(stepsTaken + 1, skippedInARow)) {
      stepsSkipped++;
      skippedInARow++;
      return false;
    }
    for (BoundParameter parameter : bound) {
      parameter.start();
    }
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).prepare();
    }
    for (BoundParameter parameter : bound) {
      parameter.move();
    }
    stepsTaken++;
    skippedInARow = 0;
    return true;
  }

  /**
   * Forgets the gradients of all parameters, as PyTorch's {@code zero_grad()} does; but not in the
   * midst of a step's gradients, where {@link dev.descent.optim.stage.Accumulation} adds them up.
   */
  public void clearGradients() {
    if (accumulated > 0) {
      return;
    }
    for (BoundParameter one : bound) {
      one.parameter().clearGradient();
    }
  }

  /**
   * Puts averages in the place of the parameters, where a rule or a stage keeps them: {@link
   * dev.descent.optim.rule.Asgd} and the schedule-free rules, {@link
   * dev.descent.optim.stage.ExponentialAverage} and {@link dev.descent.optim.stage.UniformAverage}.
   * Otherwise nothing changes. The model is to be evaluated and saved within, and trained outside:
   *
   * <pre>{@code
   * try (Averaged _ = optimizer.averaged()) {
   *   evaluate(model);
   * }
   * }</pre>
   *
   * @throws IllegalStateException if the parameters are averages already
   */
  public Averaged averaged() {
    checkNotAveraged("it is called again");
    for (BoundParameter parameter : bound) {
      parameter.putAverages();
    }
    return averaged = new Averaged();
  }

  private void checkNotAveraged(String what) {
    if (averaged != null) {
      throw new IllegalStateException(
          "the parameters are averages; expected averaged() to be closed before " + what);
    }
  }

  /** The time in which the parameters are averages; it ends by closing. */
  public final class Averaged implements AutoCloseable {
    private Averaged() {}

    /** Puts the parameters back, if that has not happened. */
    @Override
    public void close() {
      if (averaged == this) {
        putBack();
        averaged = null;
      }
    }
  }

  /** Puts the parameters back where they were before they were averaged or have ascended. */
  void putBack() {
    for (BoundParameter parameter : bound) {
      parameter.putBack();
    }
  }

  /**
   * Moves the parameters by a distance in the direction of the gradient, until {@link #putBack}.
   *
   * @throws IllegalStateException if a trainable parameter has no gradient, or while the parameters
   *     are averaged
   */
  void ascend(double distance) {
    checkNotAveraged("they move");
    pipeline.read();
    double norm = pipeline.norm();
    if (norm != 0) {
      for (BoundParameter parameter : bound) {
        parameter.ascend(distance / norm);
      }
    }
  }

  /**
   * What the next step will do, with every quantity that the rule names, coordinate by coordinate
   * or summarised. Nothing moves, and a step for which nobody asks costs nothing more.
   *
   * <pre>{@code
   * loss.backward();
   * Trace.OfParameter trace = optimizer.trace().parameter("0.weight");
   * System.out.println(trace.summary("vHat").median() + " " + trace.updateToWeightRatio());
   * optimizer.step();
   * }</pre>
   *
   * @throws IllegalStateException if a trainable parameter has no gradient, or if a schedule gives
   *     a learning rate that is not finite or negative
   */
  public Trace trace() {
    return Trace.of(this);
  }

  /**
   * The gradients of the trainable parameters as their rules will see them in the next step: after
   * all transforms. Copies; nothing moves.
   *
   * @throws IllegalStateException if a trainable parameter has no gradient, or a stage refuses the
   *     gradients
   */
  public SequencedMap<String, Tensor> gradients() {
    pipeline.read();
    pipeline.transform(stepsTaken + 1, skippedInARow);
    SequencedMap<String, Tensor> gradients = new LinkedHashMap<>();
    for (BoundParameter one : bound) {
      if (one.parameter().trainable()) {
        gradients.put(one.name(), one.gradient().toTensor());
      }
    }
    return gradients;
  }

  /** The stages, in the order they were given. */
  public List<Stage> stages() {
    return stages.all();
  }

  /** Whether it takes the gradients of several batches to make a step. */
  boolean isAccumulating() {
    return stages.accumulated() > 1;
  }

  /** The parameters by name, in the order they were given. */
  public SequencedMap<String, Parameter> parameters() {
    return parameters.byName();
  }

  /** The groups, in the order they were given. */
  public List<ParameterGroup> groups() {
    return groups.stream().map(BoundGroup::settings).toList();
  }

  /**
   * The group that a parameter belongs to.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public ParameterGroup group(String parameter) {
    return parameters.find(parameter).group().settings();
  }

  /**
   * The learning rate of the next step; of the first group, if there are several.
   *
   * @throws IllegalStateException if the schedule gives one that is not finite or negative
   */
  public double learningRate() {
    return groups.getFirst().settings().learningRate(stepsTaken);
  }

  /**
   * The learning rate with which a parameter will take the next step.
   *
   * @throws IllegalArgumentException if there is no such parameter
   * @throws IllegalStateException if its schedule gives one that is not finite or negative
   */
  public double learningRate(String parameter) {
    return group(parameter).learningRate(stepsTaken);
  }

  /** How many steps have been taken. */
  public long stepsTaken() {
    return stepsTaken;
  }

  /** How many steps a stage has skipped; they are not among those taken. */
  public long stepsSkipped() {
    return stepsSkipped;
  }

  /**
   * How many times {@link #step()} was given gradients: more than there are steps where a stage
   * skips some, or adds up several for one.
   */
  public long gradientsSeen() {
    return (stepsTaken + stepsSkipped) * stages.accumulated() + accumulated;
  }

  /**
   * How many steps one parameter has taken: fewer than {@link #stepsTaken()} if it was frozen for a
   * while. This is the t of bias corrections.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public long stepsTaken(String parameter) {
    return parameters.find(parameter).state().stepsTaken();
  }

  /**
   * A copy of what the rule remembers about a parameter.
   *
   * @return one number for each coordinate, in the parameter's shape
   * @throws IllegalArgumentException if there is no such parameter, or the rule has no such slot
   */
  public Tensor state(String parameter, Slot slot) {
    return state(parameter, slot.name());
  }

  /**
   * A copy of what the rule remembers about a parameter.
   *
   * @param slot the slot's name
   * @return one number for each coordinate, in the parameter's shape
   * @throws IllegalArgumentException if there is no such parameter, or the rule has no such slot
   */
  public Tensor state(String parameter, String slot) {
    return parameters.find(parameter).state().slot(slot);
  }

  /**
   * What the rule remembers about a parameter as a whole.
   *
   * @param common the number's name
   * @throws IllegalArgumentException if there is no such parameter, or the rule has no such number
   */
  public double common(String parameter, String common) {
    return parameters.find(parameter).state().common(common);
  }

  /**
   * All that this optimizer remembers, as a value that shares nothing with it. The parameters'
   * values are not in it.
   */
  public OptimizerState state() {
    SequencedMap<String, OptimizerState.OfParameter> saved = new LinkedHashMap<>();
    for (BoundParameter one : bound) {
      saved.put(one.name(), one.save(accumulated > 0));
    }
    return new OptimizerState(
        stepsTaken, stepsSkipped, skippedInARow, accumulated, Learned.of(schedules()), saved);
  }

  /**
   * Goes on from a state: with the same values, rules, schedules and stages, the steps that follow
   * are those of the optimizer that it is from, bit for bit. The state's parameters may be in
   * another order.
   *
   * @throws IllegalArgumentException if the state is not one of an optimizer like this: the message
   *     names the parameter, and what is missing, left over, of another shape or of another rule;
   *     nothing has changed then
   * @throws IllegalStateException while the parameters are {@link #averaged}
   */
  public void restore(OptimizerState state) {
    checkNotAveraged("restore()");
    OptimizerState.checkNames(
        "the state", "parameter", state.parameters().keySet(), parameters().keySet());
    Check.check(
        state.accumulated() < stages.accumulated(),
        "the number of accumulated gradients",
        state.accumulated(),
        "fewer than " + stages.accumulated());
    state.parameters().forEach((name, saved) -> parameters.find(name).state().check(saved));
    Learned.resume(schedules(), state.schedules());
    accumulated = state.accumulated();
    state
        .parameters()
        .forEach((name, saved) -> parameters.find(name).restore(saved, accumulated > 0));
    stepsTaken = state.stepsTaken();
    stepsSkipped = state.stepsSkipped();
    skippedInARow = state.skippedInARow();
  }

  private List<Schedule> schedules() {
    return groups.stream().map(group -> group.settings().schedule()).toList();
  }
}
