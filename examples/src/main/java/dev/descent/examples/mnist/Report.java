package dev.descent.examples.mnist;

import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Callback;
import dev.descent.optim.rule.Rules;

/** How a training run is told: to people or to programs. */
interface Report extends Callback, AutoCloseable {
  /** Before the first step. */
  default void begin(Layer model, Rules.Choice optimizer, Mnist mnist) {}

  /** After the last epoch. */
  void end(Result result);

  @Override
  default void close() {}
}
