package dev.descent.optim;

import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.transform.AdaptiveClipping;
import dev.descent.optim.transform.ClipByGlobalNorm;
import dev.descent.optim.transform.ClipByNorm;
import dev.descent.optim.transform.ClipByValue;
import dev.descent.optim.transform.FailOnNonFinite;
import dev.descent.optim.transform.GradientCentralisation;
import dev.descent.optim.transform.GradientNoise;
import dev.descent.optim.transform.L1Penalty;
import dev.descent.optim.transform.L2Penalty;
import dev.descent.optim.transform.SkipNonFinite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTransformTest {
  private final Parameter weight = Parameter.of(Shape.of(2, 2), 1, 2, 3, 4);
  private final Parameter bias = Parameter.of(Shape.of(2), 5, 6);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  @BeforeEach
  void nameParameters() {
    parameters.put("0.weight", weight);
    parameters.put("0.bias", bias);
    setGradient(weight, new float[] {4, -4, 4, 4});
    setGradient(bias, new float[] {6, 0});
  }

  static Stream<GradientTransform> all() {
    return Stream.of(
        new AdaptiveClipping(),
        new ClipByGlobalNorm(1),
        new ClipByNorm(1),
        new ClipByValue(1),
        new FailOnNonFinite(),
        new GradientCentralisation(),
        new GradientNoise(1, 1),
        new L1Penalty(1),
        new L2Penalty(1),
        new SkipNonFinite(1),
        new ClipByGlobalNorm(1).where(Mask.MATRICES));
  }

  /** L6. */
  @ParameterizedTest
  @MethodSource("all")
  void gradientsOfParametersStayAsTheyAre(GradientTransform transform) {
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), 0.5, transform, transform);
    SequencedMap<String, ?> first = texts(optimizer);
    assertThat(texts(optimizer)).isEqualTo(first);
    optimizer.step();
    optimizer.step();
    assertThat(weight.gradient().toArray()).containsExactly(4, -4, 4, 4);
    assertThat(bias.gradient().toArray()).containsExactly(6, 0);
  }

  private static SequencedMap<String, String> texts(Optimizer optimizer) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    optimizer.gradients().forEach((name, gradient) -> texts.put(name, gradient.toString()));
    return texts;
  }

  @Test
  void theRuleSeesWhatTheyLeave() {
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), 0.5, new ClipByGlobalNorm(5));
    optimizer.step();
    assertThat(weight.toArray()).usingComparatorWithPrecision(3e-7f).containsExactly(0, 3, 2, 3);
    assertThat(bias.toArray()).usingComparatorWithPrecision(3e-7f).containsExactly(3.5f, 6);
  }

  @Test
  void theyActInTheirOrder() {
    Optimizer optimizer =
        new Optimizer(
            parameters, new Sgd(), new ClipByValue(1), new L2Penalty(1), new ClipByValue(4));
    assertThat(optimizer.gradients().get("0.weight").toArray()).containsExactly(2, 1, 4, 4);
    assertThat(optimizer.gradients().get("0.bias").toArray()).containsExactly(4, 4);
  }

  @Test
  void whereLeavesTheOthersAlone() {
    Optimizer optimizer =
        new Optimizer(
            parameters,
            new Sgd(),
            new ClipByGlobalNorm(4).where(Mask.MATRICES),
            new ClipByValue(3).where(Mask.named("0.bias")));
    assertThat(Math.abs(optimizer.gradients().get("0.weight").get(0, 1) + 2)).isLessThan(1e-6f);
    assertThat(optimizer.gradients().get("0.bias").toArray()).containsExactly(3, 0);
  }

  @Test
  void frozenParametersAreNotThere() {
    bias.trainable(false);
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), new ClipByGlobalNorm(8));
    assertThat(optimizer.gradients()).containsOnlyKeys("0.weight");
    assertThat(optimizer.gradients().get("0.weight").toArray()).containsExactly(4, -4, 4, 4);
  }

  @Test
  void aMaskThatLeavesOutEverythingIsAnError() {
    GradientTransform transform =
        new ClipByNorm(1).where(Mask.startingWith("0.")).where(Mask.named("1.weight"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Sgd(), transform))
        .withMessageStartingWith("the mask of ")
        .withMessageEndingWith("leaves out every parameter; expected one of [0.weight, 0.bias]");
  }

  @Test
  void masksCombine() {
    assertThat(Mask.MATRICES.select(parameters)).containsOnlyKeys("0.weight");
    assertThat(Mask.MATRICES.negate().select(parameters)).containsOnlyKeys("0.bias");
    assertThat(Mask.startingWith("0.w").and(Mask.named("0.weight", "0.bias")).select(parameters))
        .containsOnlyKeys("0.weight");
    assertThat(Mask.ALL.select(parameters)).isEqualTo(parameters);
    assertThat(Mask.MATRICES.includes("scale", Shape.of(3))).isFalse();
    assertThat(Mask.MATRICES.includes("kernel", Shape.of(3, 2, 2))).isTrue();
  }

  /** A transform of one's own, as the documentation has it. */
  private record Reverse() implements GradientTransform.OfEach {
    @Override
    public void transform(Gradient gradient) {
      gradient.scale(-1);
    }
  }

  @Test
  void oneOfYourOwnIsAFewLines() {
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), new Reverse());
    assertThat(optimizer.gradients().get("0.weight").toArray()).containsExactly(-4, 4, -4, -4);
    assertThat(List.of(new Reverse().mask())).containsExactly(Mask.ALL);
  }
}
