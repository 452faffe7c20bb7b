package dev.descent.optim.dialect;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rule whose gradient is that of the loss with an L2 penalty. The rule sees no difference between
 * the two: an adaptive rule divides the penalty's gradient as well.
 *
 * <pre>
 * g = g + weightDecay theta,   then the rule
 * </pre>
 *
 * <p><b>Source.</b> What {@code weight_decay} means to PyTorch's optimizers, but for AdamW. It runs
 * on the rule's specification.
 *
 * @param rule what to do with the gradient
 * @param weightDecay the penalty is half of it times the parameters' squares; {@code weightDecay >=
 *     0}
 */
public record L2Penalty(UpdateRule rule, double weightDecay) implements UpdateRule {
  /** Checks the range. */
  public L2Penalty {
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
    rule.prepare(new PenalisedWhole(whole, weightDecay));
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
    Penalised penalised = Penalised.of(c, weightDecay);
    c.note("penalised", penalised.gradient);
    return rule.delta(penalised);
  }

  @Override
  public double defaultLearningRate() {
    return rule.defaultLearningRate();
  }

  /** Sums over the parameter see the penalty too. */
  private record PenalisedWhole(Whole loss, double weightDecay) implements Whole {
    @Override
    public Shape shape() {
      return loss.shape();
    }

    @Override
    public double learningRate() {
      return loss.learningRate();
    }

    @Override
    public long step() {
      return loss.step();
    }

    @Override
    public double get(Slot common) {
      return loss.get(common);
    }

    @Override
    public double set(Slot common, double value) {
      return loss.set(common, value);
    }

    @Override
    public double sum(ToDoubleFunction<Coordinate> term) {
      return loss.sum(c -> term.applyAsDouble(Penalised.of(c, weightDecay)));
    }

    @Override
    public DoubleMatrix matrix(ToDoubleFunction<Coordinate> term) {
      return loss.matrix(c -> term.applyAsDouble(Penalised.of(c, weightDecay)));
    }

    @Override
    public DoubleMatrix matrix(Slot slot) {
      return loss.matrix(slot);
    }

    @Override
    public DoubleMatrix set(Slot slot, DoubleMatrix numbers) {
      return loss.set(slot, numbers);
    }
  }

  private record Penalised(Coordinate loss, double gradient) implements Coordinate {
    static Penalised of(Coordinate loss, double weightDecay) {
      return new Penalised(loss, loss.gradient() + weightDecay * loss.value());
    }

    @Override
    public double value() {
      return loss.value();
    }

    @Override
    public double learningRate() {
      return loss.learningRate();
    }

    @Override
    public long step() {
      return loss.step();
    }

    @Override
    public double get(Slot slot) {
      return loss.get(slot);
    }

    @Override
    public double set(Slot slot, double value) {
      return loss.set(slot, value);
    }

    @Override
    public double note(String name, double value) {
      return loss.note(name, value);
    }

    @Override
    public double power(double base) {
      return loss.power(base);
    }
  }
}
