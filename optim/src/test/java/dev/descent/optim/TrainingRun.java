package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.schedule.InverseTime;
import dev.descent.optim.schedule.LinearWarmup;
import dev.descent.optim.schedule.ReduceOnPlateau;
import dev.descent.optim.transform.GradientNoise;
import dev.descent.optim.transform.SkipNonFinite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * A training run in which everything happens that an optimizer has to remember: two groups, a
 * schedule that learns, a parameter that is frozen for a while, steps that are skipped, noise. What
 * happens in a step depends on the seed and the step's number alone.
 */
final class TrainingRun {
  final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  final Optimizer optimizer;
  private final ReduceOnPlateau.Run plateau;
  private final long seed;

  /** A run before its first step. */
  TrainingRun(long seed, UpdateRule rule, Stage... stages) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    parameters.put("weight", parameter(random, Shape.of(5, 7)));
    parameters.put("bias", parameter(random, Shape.of(5)));
    parameters.put("head", parameter(random, Shape.of(2, 5)));
    Mask head = Mask.named("head");
    plateau = new ReduceOnPlateau(0.1, 0.5, 1, 1e-4, 1, 0).start();
    List<Stage> all = new ArrayList<>(List.of(stages));
    all.add(new SkipNonFinite(3));
    all.add(new GradientNoise(0.01, seed).where(Mask.named("weight")));
    optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(
                        head.negate().select(parameters), rule, new InverseTime(0.02, 0.1))
                    .withWeightDecay(0.1, Mask.MATRICES),
                new ParameterGroup(
                    head.select(parameters),
                    new Momentum(),
                    plateau.times(new LinearWarmup(1, 0.1, 4)))),
            all.toArray(Stage[]::new));
  }

  private static Parameter parameter(SplittableRandom random, Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Parameter.of(shape, values);
  }

  /** A run that goes on from where this one is, by its values and its state alone. */
  TrainingRun copy(UpdateRule rule, Stage... stages) {
    TrainingRun copy = new TrainingRun(seed, rule, stages);
    parameters.forEach((name, parameter) ->
        System.arraycopy(
            parameter.array(), 0, copy.parameters.get(name).array(), 0, parameter.size()));
    copy.optimizer.restore(optimizer.state());
    return copy;
  }

  /** Takes the steps from one number up to but not including the other. */
  TrainingRun run(int from, int to) {
    for (int step = from; step < to; step++) {
      step(step);
    }
    return this;
  }

  private void step(int number) {
    SplittableRandom random = new SplittableRandom(seed * 31 + number);
    parameters.get("bias").trainable(number != 2);
    optimizer.clearGradients();
    parameters.forEach((name, parameter) -> {
      float[] gradient = new float[parameter.size()];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = random.nextInt(5) == 0 ? 0 : (float) random.nextDouble(-2, 2);
      }
      if (number % 8 == 3) {
        gradient[0] = Float.NaN;
      }
      if (parameter.trainable()) {
        parameter.times(Tensor.of(parameter.shape(), gradient)).sum().backward();
      }
    });
    optimizer.step();
    plateau.observe(random.nextDouble());
  }
}
