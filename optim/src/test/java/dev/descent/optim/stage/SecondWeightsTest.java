package dev.descent.optim.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.SecondWeights;
import dev.descent.optim.law.Precision;
import dev.descent.optim.rule.Momentum;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What threads share, they do as one would: coordinates know nothing of each other. */
class SecondWeightsTest {
  private static final int LENGTH = 100_003;
  private static final int STEPS = 7;

  static List<SecondWeights> stages() {
    return List.of(new Lookahead(0.5, 3), new ExponentialAverage(0.9), new UniformAverage(2, 1));
  }

  @ParameterizedTest
  @MethodSource("stages")
  @Tag("widths")
  void ofALargeParameterAreThoseOfItsParts(SecondWeights stage) {
    float[] whole = train(stage, LENGTH);
    float[] parts = train(stage, 100);
    assertThat(Arrays.mismatch(whole, parts)).as("where they differ").isEqualTo(-1);
  }

  /** The averages, or the weights, of parameters of some length that are trained together. */
  private static float[] train(SecondWeights stage, int part) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (int from = 0; from < LENGTH; from += part) {
      int length = Math.min(part, LENGTH - from);
      parameters.put("p" + from, Parameter.of(Shape.of(length), new float[length]));
    }
    Optimizer optimizer = new Optimizer(parameters, new Momentum(), 0.1, stage);
    SplittableRandom random = new SplittableRandom(7);
    for (int step = 0; step < STEPS; step++) {
      for (Parameter parameter : parameters.values()) {
        float[] gradient = new float[parameter.size()];
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = (float) random.nextDouble(-1, 1);
        }
        Precision.setGradient(parameter, gradient);
      }
      optimizer.step();
    }
    float[] all = new float[LENGTH];
    int at = 0;
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      for (Parameter parameter : parameters.values()) {
        System.arraycopy(parameter.toArray(), 0, all, at, parameter.size());
        at += parameter.size();
      }
    }
    return all;
  }
}
