package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rule beside which the parameters shrink by themselves, as in AdamW.
 *
 * <pre>
 * theta = theta - lr weightDecay theta,   together with the rule's step
 * </pre>
 *
 * <p><b>Source.</b> What {@code weight_decay} means to all of Keras's optimizers. They shrink first
 * and step then, which is the same sum, since the gradient is taken before. It runs on the rule's
 * specification.
 *
 * @param rule what to do with the gradient
 * @param weightDecay the part of a parameter that goes at each step, before it is multiplied by the
 *     learning rate; {@code weightDecay >= 0}
 */
public record DecoupledDecay(UpdateRule rule, double weightDecay) implements UpdateRule {
  /** Checks the range. */
  public DecoupledDecay {
    Check.notNegative("weightDecay", weightDecay);
  }

  @Override
  public List<Slot> slots() {
    return rule.slots();
  }

  @Override
  public List<Slot> common() {
    return rule.common();
  }

  @Override
  public void prepare(Whole whole) {
    rule.prepare(whole);
  }

  @Override
  public boolean acrossParameters() {
    return rule.acrossParameters();
  }

  @Override
  public @Nullable ToDoubleFunction<Coordinate> average() {
    return rule.average();
  }

  @Override
  public double delta(Coordinate c) {
    double decay = c.note("decay", weightDecay * c.value());
    return rule.delta(c) - c.learningRate() * decay;
  }

  @Override
  public double defaultLearningRate() {
    return rule.defaultLearningRate();
  }
}
