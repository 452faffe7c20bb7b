package dev.descent.examples.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.UpdateRuleLaws;
import java.util.List;

/** Mistakes that have been made in update rules, and a law that notices each. */
enum Mistake {
  SIGN_OF_ZERO(
      SignOfZero.class,
      "zero counts as positive, so that what has no gradient moves",
      "zeroGradientsChangeNothing"),
  ZERO_BY_ZERO(
      ZeroByZero.class, "a gradient of zero is divided by its size, 0/0", "stepsAreFinite"),
  RATE_IN_STATE(
      RateInState.class,
      "the learning rate is in the momentum, so that old rates act on new steps",
      "learningRatesActOnTheirStepOnly"),
  HIDDEN_DECAY(
      HiddenDecay.class, "weights decay, where nobody asked for it", "stepsDoNotDependOnPlace"),
  ONE_FOR_ALL(
      OneForAll.class,
      "the momentum is a field of the rule, so that coordinates share it",
      "splittingChangesNothing"),
  POSITIVE_MOMENTUM(
      PositiveMomentum.class, "the momentum is clamped to be positive", "stepsAreOdd");

  private final Class<?> laws;
  private final String description;
  private final String law;

  Mistake(Class<?> laws, String description, String law) {
    this.laws = laws;
    this.description = description;
    this.law = law;
  }

  /** The laws, to be tried on the rule with the mistake. */
  Class<?> laws() {
    return laws;
  }

  /** What is wrong. */
  String description() {
    return description;
  }

  /** The name of a law that does not hold. */
  String law() {
    return law;
  }

  private static double momentum(Coordinate c, double next) {
    return c.set(Rule.M, 0.9 * c.get(Rule.M) + next);
  }

  /** What the rules with mistakes have in common. */
  private interface Rule extends UpdateRule {
    Slot M = Slot.zero("m", "momentum");

    @Override
    default List<Slot> slots() {
      return List.of(M);
    }
  }

  static final class SignOfZero implements UpdateRuleLaws {
    @Override
    public List<UpdateRule> configurations() {
      return List.of(
          (Rule) c -> momentum(c, c.gradient()) >= 0 ? -c.learningRate() : c.learningRate());
    }
  }

  static final class ZeroByZero implements UpdateRuleLaws {
    @Override
    public List<UpdateRule> configurations() {
      return List.of((Rule) c -> -c.learningRate() * c.gradient() / Math.abs(c.gradient()));
    }
  }

  static final class RateInState implements UpdateRuleLaws {
    @Override
    public List<UpdateRule> configurations() {
      return List.of((Rule) c -> -momentum(c, c.learningRate() * c.gradient()));
    }
  }

  static final class HiddenDecay implements UpdateRuleLaws {
    @Override
    public List<UpdateRule> configurations() {
      return List.of(
          (Rule) c -> -c.learningRate() * (momentum(c, c.gradient()) + 0.01 * c.value()));
    }
  }

  static final class OneForAll implements UpdateRuleLaws {
    private double momentum;

    @Override
    public List<UpdateRule> configurations() {
      return List.of((Rule) c -> -c.learningRate() * (momentum = 0.9 * momentum + c.gradient()));
    }
  }

  static final class PositiveMomentum implements UpdateRuleLaws {
    @Override
    public List<UpdateRule> configurations() {
      return List.of((Rule) c -> -c.learningRate() * Math.max(0, momentum(c, c.gradient())));
    }
  }
}
