package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.simd.SgdKernel;

/**
 * Stochastic gradient descent: a step against the gradient, as long as the gradient is steep.
 *
 * <pre>
 * theta = theta - lr g
 * </pre>
 *
 * <p><b>Source.</b> H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of
 * Mathematical Statistics 22 (1951), who let the learning rate fall over time; that is the
 * schedule's part here.
 *
 * <p><b>State.</b> None.
 *
 * <p><b>Libraries.</b> All agree on the step; its momentum is another rule here, {@link Momentum}
 * and {@link Nesterov}. The default learning rate 0.001 is PyTorch's; Keras has 0.01.
 */
public record Sgd() implements UpdateRule {
  @Override
  public double delta(Coordinate c) {
    return -c.learningRate() * c.gradient();
  }

  @Override
  public UpdateKernel kernel() {
    return new SgdKernel();
  }
}
