package dev.descent.examples.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import java.util.List;

/** Every coordinate moves by the learning rate, against the sign of its momentum. */
record Signum(double beta) implements UpdateRule {
  private static final Slot M = Slot.zero("m", "moving average of gradients");

  @Override
  public List<Slot> slots() {
    return List.of(M);
  }

  @Override
  public double delta(Coordinate c) {
    double m = c.set(M, beta * c.get(M) + (1 - beta) * c.gradient());
    return -c.learningRate() * Math.signum(m);
  }
}
