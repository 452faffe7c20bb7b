package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.rule.AdaGrad;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  /** Rules in which one coordinate's gradient matters to all others. */
  private static final Set<String> WITH_NORMS =
      Set.of(
          "normalisedadagrad",
          "quarticadagrad",
          "lars",
          "lamb",
          "adafactor",
          "muon",
          "shampoo",
          "prodigy");

  private final Parameter weight = Parameter.of(Shape.of(2, 2), 1, 2, 3, 4);
  private final Parameter bias = Parameter.of(Shape.of(2), 5, 6);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  @BeforeEach
  void nameParameters() {
    parameters.put("0.weight", weight);
    parameters.put("0.bias", bias);
  }

  /** A loss whose gradient is 1, 1, 1, 1 for the weight and 2, 2 for the bias. */
  private void backward() {
    weight.sum().plus(bias.sum().times(2)).backward();
  }

  @Test
  void stepMovesAgainstTheGradient() {
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), 0.5);
    backward();
    optimizer.step();
    assertThat(weight.toArray()).containsExactly(0.5f, 1.5f, 2.5f, 3.5f);
    assertThat(bias.toArray()).containsExactly(4, 5);
    assertThat(optimizer.stepsTaken()).isEqualTo(1);
  }

  @Test
  void minimisesASquare() {
    Tensor target = Tensor.of(Shape.of(2), -1, 3);
    Optimizer optimizer = new Optimizer(new LinkedHashMap<>(Map.of("x", bias)), new Adam(), 0.1);
    for (int step = 0; step < 500; step++) {
      optimizer.clearGradients();
      bias.minus(target).square().sum().backward();
      optimizer.step();
    }
    assertThat(bias.get(0)).isCloseTo(-1, within(1e-3f));
    assertThat(bias.get(1)).isCloseTo(3, within(1e-3f));
  }

  @Test
  void gradientsAddUpUntilCleared() {
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), 1);
    backward();
    backward();
    assertThat(bias.gradient().toArray()).containsExactly(4, 4);
    optimizer.clearGradients();
    assertThat(bias.gradient()).isNull();
    assertThat(weight.gradient()).isNull();
  }

  @Test
  void missingGradientIsAnErrorAndNothingMoves() {
    Optimizer optimizer = new Optimizer(parameters, new Momentum(), 1);
    weight.sum().backward();
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessage(
            "parameter 0.bias has no gradient; expected backward() on a loss that depends on it, or"
                + " trainable(false) to leave it as it is");
    assertThat(weight.toArray()).containsExactly(1, 2, 3, 4);
    assertThat(optimizer.state("0.weight", Momentum.V).toArray()).containsOnly(0);
    assertThat(optimizer.stepsTaken()).isZero();
    assertThat(optimizer.stepsTaken("0.weight")).isZero();
  }

  /** L47, and the step count that bias corrections rest on. */
  @Test
  void frozenParametersStayAndDoNotCount() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 0.1);
    bias.trainable(false);
    for (int step = 0; step < 3; step++) {
      optimizer.clearGradients();
      weight.sum().backward();
      optimizer.step();
    }
    assertThat(bias.toArray()).containsExactly(5, 6);
    assertThat(optimizer.state("0.bias", Adam.M).toArray()).containsOnly(0);
    assertThat(optimizer.stepsTaken("0.bias")).isZero();
    assertThat(optimizer.stepsTaken("0.weight")).isEqualTo(3);
    assertThat(optimizer.stepsTaken()).isEqualTo(3);

    bias.trainable(true);
    optimizer.clearGradients();
    backward();
    optimizer.step();
    assertThat(optimizer.stepsTaken("0.bias")).isEqualTo(1);
    assertThat(bias.get(0)).as("a first step is as long as the rate").isEqualTo(5 - 0.1f);
  }

  @Test
  void stateIsThereFromTheStartAndIsACopy() {
    Optimizer optimizer = new Optimizer(parameters, new AdaGrad(1e-10, 0.25));
    Tensor before = optimizer.state("0.bias", AdaGrad.SUM);
    assertThat(before.shape()).isEqualTo(bias.shape());
    assertThat(before.toArray()).containsExactly(0.25f, 0.25f);
    backward();
    optimizer.step();
    assertThat(before.toArray()).containsExactly(0.25f, 0.25f);
    assertThat(optimizer.state("0.bias", "sum").toArray()).containsExactly(4.25f, 4.25f);
  }

  @Test
  void scheduleIsAskedWithTheStepsTaken() {
    List<Long> asked = new ArrayList<>();
    Optimizer optimizer =
        new Optimizer(
            parameters,
            new Sgd(),
            stepsTaken -> {
              asked.add(stepsTaken);
              return stepsTaken == 1 ? 1 : 0;
            });
    backward();
    optimizer.step();
    assertThat(bias.toArray()).containsExactly(5, 6);
    optimizer.step();
    assertThat(bias.toArray()).containsExactly(3, 4);
    assertThat(optimizer.learningRate()).isZero();
    assertThat(asked).containsExactly(0L, 1L, 2L);
  }

  @Test
  void badLearningRatesAreErrorsAndNothingMoves() {
    for (double bad : new double[] {Double.NaN, -1e-9, Double.POSITIVE_INFINITY}) {
      Optimizer optimizer = new Optimizer(parameters, new Sgd(), new Warped(bad));
      backward();
      optimizer.step();
      float[] before = bias.toArray();
      assertThatIllegalStateException()
          .isThrownBy(optimizer::step)
          .withMessage(
              "the learning rate is %s at step 2 of Warped[after=%s]; expected a finite number >= 0"
                  .formatted(bad, bad));
      assertThat(bias.toArray()).isEqualTo(before);
      assertThat(optimizer.stepsTaken()).isEqualTo(1);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Sgd(), -1.0))
        .withMessage("learningRate is -1.0; expected a finite number >= 0");
  }

  private record Warped(double after) implements Schedule {
    @Override
    public double learningRate(long stepsTaken) {
      return stepsTaken == 0 ? 1 : after;
    }
  }

  @Test
  void defaultLearningRateIsTheRules() {
    assertThat(new Optimizer(parameters, new AdaGrad()).learningRate()).isEqualTo(0.01);
    assertThat(new Optimizer(parameters, new Adam()).learningRate()).isEqualTo(0.001);
  }

  @Test
  void anOptimizerNeedsParameters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(new LinkedHashMap<>(), new Sgd()))
        .withMessage("an optimizer needs at least one parameter; got none");
  }

  @Test
  void oneParameterUnderTwoNamesIsAnError() {
    parameters.put("1.weight", weight);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Sgd()))
        .withMessage(
            "0.weight and 1.weight are one parameter, which would move twice a step; expected one"
                + " name");
  }

  @Test
  void unknownNamesAreErrors() {
    Optimizer optimizer = new Optimizer(parameters, new Adam());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.state("1.bias", Adam.M))
        .withMessage("no parameter 1.bias; expected one of [0.weight, 0.bias]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.stepsTaken("bias"))
        .withMessage("no parameter bias; expected one of [0.weight, 0.bias]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.state("0.bias", "w"))
        .withMessage(
            "Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8] has no slot w; expected one of [m, v]");
  }

  /**
   * Infinity has a sign, and there are rules that look at nothing else. A norm is of all
   * coordinates.
   */
  @Test
  void nonFiniteGradientsShow() {
    for (String name : Rules.names()) {
      UpdateRule rule = Rules.choose(name, Map.of()).rule();
      Parameter p = Parameter.of(Shape.of(3), 1, 1, 1);
      Optimizer optimizer = new Optimizer(new LinkedHashMap<>(Map.of("p", p)), rule);
      p.times(Tensor.of(Shape.of(3), Float.NaN, Float.POSITIVE_INFINITY, 1)).sum().backward();
      optimizer.step();
      assertThat(Float.isFinite(p.get(0))).as("%s, NaN", rule).isFalse();
      assertThat(Float.isFinite(p.get(1)))
          .as("%s, infinity", rule)
          .isEqualTo(Set.of("lion", "signsgd", "rprop").contains(name));
      assertThat(Float.isFinite(p.get(2)))
          .as("%s, its neighbour", rule)
          .isNotEqualTo(WITH_NORMS.contains(name));
    }
  }

  /** A rule of a few lines, without a kernel. */
  private record SignMomentum(double beta) implements UpdateRule {
    private static final Slot M = Slot.zero("m", "moving average of gradients");

    @Override
    public List<Slot> slots() {
      return List.of(M);
    }

    @Override
    public double delta(Coordinate c) {
      double m = c.set(M, beta * c.get(M) + (1 - beta) * c.gradient());
      return -c.learningRate() * Math.signum(m) / c.step();
    }
  }

  @Test
  void aRuleWithoutKernelRunsOnItsSpecification() {
    Optimizer optimizer = new Optimizer(parameters, new SignMomentum(0.5), 1);
    backward();
    optimizer.step();
    optimizer.step();
    assertThat(bias.toArray()).containsExactly(3.5f, 4.5f);
    assertThat(optimizer.state("0.bias", "m").toArray()).containsExactly(1.5f, 1.5f);
  }

  @Test
  void slotsMustBeListed() {
    record Forgetful() implements UpdateRule {
      @Override
      public double delta(Coordinate c) {
        return c.get(Slot.zero("m", "not listed"));
      }
    }
    Optimizer optimizer = new Optimizer(parameters, new Forgetful());
    backward();
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessage("Forgetful[] uses slot m; its slots() are []");
  }

  @Test
  void slotsMustDifferInName() {
    record Twice() implements UpdateRule {
      @Override
      public List<Slot> slots() {
        return List.of(Slot.zero("m", "one"), new Slot("m", 1, "other"));
      }

      @Override
      public double delta(Coordinate c) {
        return 0;
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Twice()))
        .withMessage("two slots of Twice[] have one name: [m, m]");
  }

  @Test
  void slotsCheckThemselves() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Slot.zero(" ", "blank"))
        .withMessage("a slot's name is blank; expected a letter or a word");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Slot("m", Double.NaN, "bad"))
        .withMessage("slot m starts at NaN; expected a finite number");
  }

  @Test
  void emptyParametersAreFine() {
    parameters.put("nothing", Parameter.of(Shape.of(0)));
    Optimizer optimizer = new Optimizer(parameters, new Adam());
    backward();
    parameters.get("nothing").sum().backward();
    assertThatCode(optimizer::step).doesNotThrowAnyException();
  }

  /** A rule with a common number: steps of length one over the whole parameter. */
  private record UnitLength() implements UpdateRule {
    private static final Slot SQUARES = Slot.zero("squares", "sum of squared gradients");
    private static final Slot PATH = Slot.zero("path", "length of the way so far");
    private static final Slot MEAN = Slot.zero("mean", "mean of the places so far");

    @Override
    public List<Slot> slots() {
      return List.of(MEAN);
    }

    @Override
    public List<Slot> common() {
      return List.of(SQUARES, PATH);
    }

    @Override
    public void prepare(Whole whole) {
      whole.set(SQUARES, whole.squaredGradients());
      whole.set(PATH, whole.get(PATH) + whole.learningRate());
    }

    @Override
    public double delta(Coordinate c) {
      double delta = -c.learningRate() * c.gradient() / Math.sqrt(c.get(SQUARES));
      c.set(MEAN, c.get(MEAN) + (c.value() + delta - c.get(MEAN)) / c.step());
      return delta;
    }

    @Override
    public ToDoubleFunction<Coordinate> average() {
      return c -> c.get(MEAN);
    }
  }

  @Test
  void commonNumbersAreOfOneParameter() {
    Optimizer optimizer = new Optimizer(parameters, new UnitLength(), 1);
    for (int step = 1; step <= 3; step++) {
      optimizer.clearGradients();
      backward();
      optimizer.step();
    }
    assertThat(optimizer.common("0.weight", "squares")).isEqualTo(4);
    assertThat(optimizer.common("0.bias", "squares")).isEqualTo(8);
    assertThat(optimizer.common("0.bias", "path")).isEqualTo(3);
    assertThat(weight.toArray()).containsExactly(-0.5f, 0.5f, 1.5f, 2.5f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.common("0.bias", "mean"))
        .withMessage("UnitLength[] has no common number mean; expected one of [squares, path]");
  }

  @Test
  void averagesTakeThePlaceOfParametersForAWhile() {
    Optimizer optimizer = new Optimizer(parameters, new UnitLength(), 1);
    bias.trainable(false);
    for (int step = 1; step <= 3; step++) {
      optimizer.clearGradients();
      weight.sum().backward();
      optimizer.step();
    }
    float[] before = weight.toArray();
    Optimizer.Averaged averaged = optimizer.averaged();
    assertThat(weight.toArray()).containsExactly(0, 1, 2, 3);
    assertThat(bias.toArray()).as("never moved").containsExactly(5, 6);
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessage("the parameters are averages; expected averaged() to be closed before step()");
    assertThatIllegalStateException()
        .isThrownBy(optimizer::averaged)
        .withMessage(
            "the parameters are averages; expected averaged() to be closed before it is called"
                + " again");
    averaged.close();
    assertThat(weight.toArray()).isEqualTo(before);
    averaged.close();
    assertThat(weight.toArray()).isEqualTo(before);
    optimizer.step();
    assertThat(optimizer.stepsTaken()).isEqualTo(4);
  }

  @Test
  void withoutAveragesNothingChanges() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 1);
    backward();
    optimizer.step();
    float[] before = weight.toArray();
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      assertThat(weight.toArray()).isEqualTo(before);
    }
    assertThat(weight.toArray()).isEqualTo(before);
  }

  @Test
  void coordinatesCannotSetCommonNumbers() {
    record Greedy() implements UpdateRule {
      private static final Slot SHARED = Slot.zero("shared", "of all");

      @Override
      public List<Slot> common() {
        return List.of(SHARED);
      }

      @Override
      public double delta(Coordinate c) {
        return c.set(SHARED, 1);
      }
    }
    Optimizer optimizer = new Optimizer(parameters, new Greedy());
    backward();
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessage("Greedy[] uses slot shared; its slots() are []");
  }

  /** Sums are the same however long the parameter is and wherever it starts. */
  @Test
  void sumsAreOfAllCoordinates() {
    record Sums() implements UpdateRule {
      private static final Slot FAST = Slot.zero("fast", "squares");
      private static final Slot SLOW = Slot.zero("slow", "squares, term by term");

      @Override
      public List<Slot> common() {
        return List.of(FAST, SLOW);
      }

      @Override
      public void prepare(Whole whole) {
        whole.set(FAST, whole.squaredGradients() + 2 * whole.squaredValues());
        whole.set(
            SLOW,
            whole.sum(c -> c.gradient() * c.gradient())
                + 2 * whole.sum(c -> c.value() * c.value()));
      }

      @Override
      public double delta(Coordinate c) {
        return 0;
      }
    }
    for (int n = 0; n <= 40; n++) {
      float[] values = new float[n];
      double expected = 0;
      for (int i = 0; i < n; i++) {
        values[i] = i + 1;
        expected += 1 + 2.0 * (i + 1) * (i + 1);
      }
      Parameter parameter = Parameter.of(Shape.of(n), values);
      Optimizer optimizer = new Optimizer(new LinkedHashMap<>(Map.of("p", parameter)), new Sums());
      parameter.sum().backward();
      optimizer.step();
      assertThat(optimizer.common("p", "fast")).isEqualTo(expected);
      assertThat(optimizer.common("p", "slow")).isEqualTo(expected);
    }
  }
}
