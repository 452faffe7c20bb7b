package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.stage.Accumulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SamTest {
  private final Parameter a = Parameter.of(Shape.of(2), 1, -2);
  private final Parameter b = Parameter.of(Shape.of(1), 3);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  @BeforeEach
  void nameParameters() {
    parameters.put("a", a);
    parameters.put("b", b);
  }

  /** (x^4 + y^4 + z^4) / 4: its gradient is the cube of each coordinate. */
  private Tensor loss() {
    return a.square().square().sum().plus(b.square().square().sum()).times(0.25f);
  }

  /** Foret et al., algorithm 1, written out in double for this loss and SGD. */
  @Test
  @Tag("widths")
  void theStepIsWithTheGradientAtTheTop() {
    Sam sam = new Sam(new Optimizer(parameters, new Sgd(), 0.01), 0.5);
    double[] w = {1, -2, 3};
    for (int step = 0; step < 20; step++) {
      double squares = 0;
      for (double x : w) {
        squares += Math.pow(x, 6);
      }
      double loss = 0;
      for (int i = 0; i < w.length; i++) {
        loss += Math.pow(w[i], 4) / 4;
        double top = w[i] + 0.5 * Math.pow(w[i], 3) / Math.sqrt(squares);
        w[i] -= 0.01 * Math.pow(top, 3);
      }
      assertThat((double) sam.step(this::loss).item()).isCloseTo(loss, within(1e-5 * loss));
      assertThat((double) a.get(0)).isCloseTo(w[0], within(1e-5));
      assertThat((double) a.get(1)).isCloseTo(w[1], within(1e-5));
      assertThat((double) b.get(0)).isCloseTo(w[2], within(1e-5));
    }
  }

  @Test
  void withoutRadiusItIsTheOptimizer() {
    Parameter twin = Parameter.of(Shape.of(2), 1, -2);
    SequencedMap<String, Parameter> twins = new LinkedHashMap<>();
    twins.put("a", twin);
    parameters.remove("b");
    Optimizer plain = new Optimizer(twins, new Momentum(), 0.01);
    Sam sam = new Sam(new Optimizer(parameters, new Momentum(), 0.01), 0);
    for (int step = 0; step < 10; step++) {
      plain.clearGradients();
      twin.square().square().sum().backward();
      plain.step();
      sam.step(() -> a.square().square().sum());
    }
    assertThat(a.toArray()).isEqualTo(twin.toArray());
  }

  @Test
  void theLossIsSeenThereAndThere() {
    b.trainable(false);
    Sam sam = new Sam(new Optimizer(parameters, new Sgd(), 0), 5);
    List<float[]> seen = new ArrayList<>();
    sam.step(() -> {
      seen.add(a.toArray());
      seen.add(b.toArray());
      return a.times(Tensor.of(Shape.of(2), 3, 4)).sum();
    });
    assertThat(seen.get(0)).containsExactly(1, -2);
    assertThat(seen.get(2)).containsExactly(4, 2);
    assertThat(seen.get(3)).as("frozen").containsExactly(3);
    assertThat(a.toArray()).containsExactly(1, -2);
  }

  @Test
  void aZeroGradientHasNoTop() {
    Parameter bottom = Parameter.of(Shape.of(2), 0, 0);
    parameters.clear();
    parameters.put("bottom", bottom);
    new Sam(new Optimizer(parameters, new Sgd(), 0.1), 1).step(() -> bottom.square().sum());
    assertThat(bottom.toArray()).containsExactly(0, 0);
  }

  @Test
  void aLossThatFailsMovesNothing() {
    Optimizer optimizer = new Optimizer(parameters, new Adam(), 0.1);
    Sam sam = new Sam(optimizer, 1);
    int[] calls = {0};
    assertThatThrownBy(() ->
            sam.step(() -> {
              if (++calls[0] == 2) {
                throw new UnsupportedOperationException("no more");
              }
              return loss();
            }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(a.toArray()).containsExactly(1, -2);
    assertThat(optimizer.stepsTaken()).isZero();
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      assertThatIllegalStateException().isThrownBy(() -> sam.step(this::loss));
    }
    assertThat(a.toArray()).containsExactly(1, -2);
  }

  @Test
  void mistakesAreNamed() {
    Optimizer optimizer = new Optimizer(parameters, new Sgd());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sam(optimizer, -1))
        .withMessage("radius is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sam(new Optimizer(parameters, new Sgd(), new Accumulation(2)), 1))
        .withMessage(
            "the optimizer accumulates gradients, Accumulation[batches=2]; expected one that steps"
                + " with each");
  }
}
