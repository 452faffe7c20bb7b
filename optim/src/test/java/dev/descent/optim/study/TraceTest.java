package dev.descent.optim.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Mask;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Precision;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.study.Trace.Summary;
import dev.descent.optim.transform.ClipByValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceTest {
  private final Parameter weight = Parameter.of(Shape.of(3), 3, -4, 0);
  private final Parameter bias = Parameter.of(Shape.of(2), 1, 2);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  {
    parameters.put("weight", weight);
    parameters.put("bias", bias);
  }

  private void gradients(float... forWeight) {
    Precision.setGradient(weight, forWeight);
    Precision.setGradient(bias, new float[] {1, -1});
  }

  static List<String> names() {
    return Rules.names();
  }

  /** Every rule: what the trace says is what the step then does, to float32. */
  @ParameterizedTest
  @MethodSource("names")
  void tellsWhatTheStepDoes(String name) {
    UpdateRule rule = Rules.choose(name, Map.of()).rule();
    Optimizer optimizer = new Optimizer(parameters, rule, 0.01);
    for (float[] gradient : new float[][] {{1, -2, 0}, {0.5f, 3, 0}, {-1, 1, 0.25f}}) {
      gradients(gradient);
      Trace trace = optimizer.trace();
      assertThat(trace.step()).isEqualTo(optimizer.stepsTaken() + 1);
      assertThat(trace.parameter("weight").learningRate()).isEqualTo(0.01);
      assertThat(optimizer.trace().parameter("weight").quantity("delta"))
          .as("a trace changes nothing")
          .isEqualTo(trace.parameter("weight").quantity("delta"));

      optimizer.step();

      Trace.OfParameter one = trace.parameter("weight");
      for (int i = 0; i < 3; i++) {
        double expected = one.quantity("value")[i] + one.quantity("delta")[i];
        assertThat((double) weight.get(i)).isCloseTo(expected, within(2e-6));
        assertThat(one.quantity("gradient")[i]).isEqualTo(gradient[i]);
      }
      for (Slot slot : rule.slots()) {
        float[] state = optimizer.state("weight", slot).toArray();
        assertThat(one.quantity(slot.name())).hasSize(state.length);
        for (int i = 0; i < state.length; i++) {
          assertThat(one.quantity(slot.name())[i])
              .as(slot.name())
              .isCloseTo(state[i], within(2e-6 * Math.max(1, Math.abs(state[i]))));
        }
      }
      for (Slot slot : rule.common()) {
        double number = optimizer.common("weight", slot.name());
        assertThat(one.common().get(slot.name()))
            .as(slot.name())
            .isCloseTo(number, within(2e-7 * Math.max(1, Math.abs(number))));
      }
      assertThat(one.step()).isEqualTo(optimizer.stepsTaken());
    }
  }

  @Test
  void quantitiesAreTheRules() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(0.5, 0.5, 0), 0.1);
    gradients(1, -2, 0);
    Trace.OfParameter trace = optimizer.trace().parameter("weight");
    assertThat(List.copyOf(trace.quantities().keySet()))
        .containsExactly("value", "gradient", "m", "v", "mHat", "vHat", "delta");
    assertThat(trace.quantity("m")).containsExactly(0.5, -1, 0);
    assertThat(trace.quantity("vHat")).containsExactly(1, 4, 0);
    assertThat(trace.quantity("delta")).containsExactly(-0.1, 0.1, -0.0);
    assertThat(trace.summary("mHat")).isEqualTo(Summary.of(1, -2, 0));
    assertThat(trace.updateToWeightRatio()).isCloseTo(0.1 * Math.sqrt(2) / 5, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace.quantity("w"))
        .withMessage("no quantity w; expected one of [value, gradient, m, v, mHat, vHat, delta]");
  }

  /** What the stages do to the gradient, and the decay beside the rule. */
  @Test
  void tellsWhatHappensAroundTheRule() {
    Optimizer optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(parameters, new Sgd(), 0.5)
                    .withWeightDecay(0.25, Mask.named("weight"))),
            new ClipByValue(1));
    gradients(1, -2, 0.5f);
    Trace trace = optimizer.trace();
    Trace.OfParameter one = trace.parameter("weight");
    assertThat(one.quantity("value")).containsExactly(3, -4, 0);
    assertThat(one.quantity("gradient")).containsExactly(1, -1, 0.5);
    assertThat(one.quantity("decay")).containsExactly(-0.375, 0.5, -0.0);
    assertThat(one.quantity("delta")).containsExactly(-0.875, 1, -0.25);
    assertThat(trace.parameter("bias").quantities()).doesNotContainKey("decay");
    optimizer.step();
    assertThat(weight.toArray()).containsExactly(2.125f, -3, -0.25f);
  }

  @Test
  void nothingMoves() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 0.1);
    gradients(1, -2, 0);
    Trace trace = optimizer.trace();
    trace.parameter("weight").quantity("m")[0] = 7;
    assertThat(trace.parameter("weight").quantity("m")[0]).isNotEqualTo(7);
    assertThat(weight.toArray()).containsExactly(3, -4, 0);
    assertThat(weight.gradient().toArray()).containsExactly(1, -2, 0);
    assertThat(optimizer.state("weight", Adam.M).toArray()).containsOnly(0);
    assertThat(optimizer.stepsTaken()).isZero();
    assertThat(optimizer.stepsTaken("weight")).isZero();
  }

  @Test
  void frozenParametersAreLeftOut() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 0.1);
    gradients(1, -2, 0);
    bias.trainable(false);
    Trace trace = optimizer.trace();
    assertThat(trace.parameters()).containsOnlyKeys("weight");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace.parameter("bias"))
        .withMessage("no trainable parameter bias; expected one of [weight]");
  }

  @Test
  void aMissingGradientIsAnError() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 0.1);
    Precision.setGradient(weight, new float[3]);
    assertThatIllegalStateException()
        .isThrownBy(optimizer::trace)
        .withMessage(
            "parameter bias has no gradient; expected backward() on a loss that depends on it,"
                + " or trainable(false) to leave it as it is");
  }

  @Test
  void summariesAreQuantilesAndNorms() {
    assertThat(Summary.of(4, 1, 3, 2, 5)).isEqualTo(new Summary(1, 2, 3, 4, 5, 3, Math.sqrt(55)));
    Summary even = Summary.of(3, -4);
    assertThat(even.lowerQuartile()).isEqualTo(-2.25);
    assertThat(even.median()).isEqualTo(-0.5);
    assertThat(even.upperQuartile()).isEqualTo(1.25);
    assertThat(even.norm()).isCloseTo(5, within(1e-15));
    assertThat(Summary.of(3e200, 4e200).norm()).isCloseTo(5e200, within(1e186));
    assertThat(Summary.of(0, 0).norm()).isZero();
    assertThat(Summary.of(1, Double.NaN).maximum()).isNaN();
    assertThat(Summary.of().median()).isNaN();
  }
}
