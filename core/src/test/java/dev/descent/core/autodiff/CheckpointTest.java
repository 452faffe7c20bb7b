package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private final Parameter input = Parameter.of(Shape.of(2, 3), .5f, -1, 2, .25f, 1, -.75f);
  private final Parameter weight =
      Parameter.of(Shape.of(3, 3), .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f);
  private int calls;

  private Tensor block(Tensor x) {
    calls++;
    return x.matmul(weight).tanh().plus(x);
  }

  private static List<Tensor> all(Parameter input, Parameter weight, Tensor loss) {
    List<Tensor> results = new ArrayList<>(List.of(loss.detach()));
    results.addAll(Backward.gradients(loss, List.of(input, weight), false));
    List<Tensor> recorded = Backward.gradients(loss, List.of(input, weight), true);
    Tensor norm = recorded.get(0).square().sum().plus(recorded.get(1).square().sum());
    results.addAll(Backward.gradients(norm, List.of(input, weight), false));
    return results;
  }

  @Test
  void resultsAndFirstDerivativesHaveTheSameBitsAndSecondOnesTheSameValues() {
    BiFunction<Boolean, Tensor, Tensor> step =
        (saving, x) -> saving ? Checkpoint.of(this::block, x) : block(x);
    List<List<Tensor>> both = new ArrayList<>();
    for (boolean saving : new boolean[] {false, true}) {
      Tensor loss = step.apply(saving, step.apply(saving, input.exp())).square().sum();
      both.add(all(input, weight, loss));
    }

    for (int i = 0; i < 3; i++) {
      assertThat(both.get(1).get(i).toArray()).containsExactly(both.get(0).get(i).toArray());
    }
    for (int i = 3; i < 5; i++) {
      float[] expected = both.get(0).get(i).toArray();
      for (int at = 0; at < expected.length; at++) {
        assertThat(both.get(1).get(i).toArray()[at])
            .isCloseTo(expected[at], withinPercentage(1e-4));
      }
    }
  }

  @Test
  void intermediateResultsAreNotKeptButComputedAgain() {
    Tensor output = Checkpoint.of(this::block, input);

    assertThat(calls).isEqualTo(1);
    assertThat(output.producer()).isInstanceOf(Checkpoint.class);
    assertThat(output.producer().inputs()).containsExactly(input, weight);

    output.sum().backward();
    assertThat(calls).isEqualTo(2);
  }

  /** Behind the argument is a graph of its own, which is not walked from inside the checkpoint. */
  @Test
  void whatIsBehindTheArgumentGetsItsGradientOnce() {
    Tensor argument = input.times(input);

    Checkpoint.of(x -> x.times(x), argument).sum().backward();

    float[] expected = new float[6];
    for (int i = 0; i < 6; i++) {
      float x = input.array()[i];
      expected[i] = 2 * (x * x) * x + 2 * (x * x) * x;
    }
    assertThat(input.gradient().toArray()).containsExactly(expected);
  }

  @Test
  void parametersGetTheirGradientEvenIfTheArgumentIsAConstant() {
    Tensor images = Tensor.ones(Shape.of(1, 3));

    Checkpoint.of(this::block, images).sum().backward();

    assertThat(weight.gradient()).isNotNull();
    assertThat(input.gradient()).isNull();
  }

  @Test
  void aFunctionOfConstantsIsAConstant() {
    weight.trainable(false);

    assertThat(Checkpoint.of(this::block, Tensor.ones(Shape.of(1, 3))).producer()).isNull();
  }

  @Test
  void aFunctionThatIsItsArgumentPassesTheGradient() {
    Checkpoint.of(x -> x, input).times(3).sum().backward();

    assertThat(input.gradient().toArray()).containsOnly(3);
  }

  @Test
  void severalArgumentsOfWhichOneIsUsedTwice() {
    Parameter other = Parameter.of(Shape.SCALAR, 2);

    Checkpoint.of(x -> x.get(0).times(x.get(1)).times(x.get(1)), List.of(input, other))
        .sum()
        .backward();

    assertThat(input.gradient().toArray()).containsOnly(4);
    assertThat(other.gradient().item()).isEqualTo(4 * input.sum().item());
  }

  @Test
  void nothingIsRecordedWhereNoGradientIsWanted() {
    Tensor output = NoGradient.of(() -> Checkpoint.of(this::block, input));

    assertThat(output.producer()).isNull();
    assertThat(calls).isEqualTo(1);
  }
}
