package dev.descent.optim.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.rule.Adafactor;
import dev.descent.optim.rule.Lamb;
import dev.descent.optim.rule.Muon;
import dev.descent.optim.rule.Prodigy;
import dev.descent.optim.rule.Shampoo;
import dev.descent.optim.study.Replay;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Penalties and decays around rules that look at a whole parameter, or at all of them. */
class WrappedRulesTest {
  private static final Shape SHAPE = Shape.of(3, 4);

  static List<UpdateRule> rules() {
    return List.of(new Muon(), new Shampoo(), new Adafactor(), new Lamb(), new Prodigy());
  }

  /** The rule sees the gradient of the loss and the penalty, wherever it looks. */
  @ParameterizedTest
  @MethodSource("rules")
  void penaltiesAreInTheGradient(UpdateRule rule) {
    double[] start = numbers(1);
    Replay penalised = new Replay(new L2Penalty(rule, 0.3), SHAPE, start);
    Replay plain = new Replay(rule, SHAPE, start);
    for (int t = 0; t < 12; t++) {
      double[] gradient = numbers(t + 2);
      double[] sum = plain.values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] = gradient[i] + 0.3 * sum[i];
      }
      penalised.step(0.05, gradient);
      plain.step(0.05, sum);
      assertThat(penalised.values()).containsExactly(plain.values(), within(1e-11));
    }
    assertThat(plain.values()[0]).isNotCloseTo(start[0], within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatIsAroundARuleSaysWhatTheRuleSays(UpdateRule rule) {
    for (UpdateRule wrapped : List.of(new L2Penalty(rule, 0.3), new DecoupledDecay(rule, 0.3))) {
      assertThat(wrapped.acrossParameters()).isEqualTo(rule.acrossParameters());
      assertThat(wrapped.defaultLearningRate()).isEqualTo(rule.defaultLearningRate());
    }
  }

  private static double[] numbers(long seed) {
    return new SplittableRandom(seed).doubles(SHAPE.size(), -1, 1).toArray();
  }
}
