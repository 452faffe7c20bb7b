package dev.descent.examples.linear;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.loss.MeanSquaredError;
import dev.descent.optim.Optimizer;

/**
 * The same with a layer, a loss and an optimizer: derivatives come by themselves, and every rule
 * will do.
 *
 * @param name what it is called
 * @param points what the line is to go through
 * @param line the line, a layer with one input and one output
 * @param optimizer what moves it
 */
record ByLibrary(String name, Points points, Linear line, Optimizer optimizer)
    implements Descender {
  @Override
  public double step() {
    Tensor loss = new MeanSquaredError().of(line.forward(points.inputs()), points.targets());
    optimizer.clearGradients();
    loss.backward();
    optimizer.step();
    return loss.item();
  }

  @Override
  public double slope() {
    return line.weight().toArray()[0];
  }

  @Override
  public double intercept() {
    return line.bias().toArray()[0];
  }
}
