package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int SIZE = 40_000;
  private static final Tensor ONES = Tensor.ones(Shape.of(400, 100));
  private static final Pass PASS = Pass.training(1, 0);

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8})
  void dropsThatShareAndScalesTheRestSoThatTheMeanStays(double probability) {
    float[] output = new Dropout(probability).forward(ONES, PASS).toArray();

    int dropped = 0;
    double sum = 0;
    for (float value : output) {
      if (value == 0) {
        dropped++;
      } else {
        assertThat(value).isEqualTo((float) (1 / (1 - probability)));
      }
      sum += value;
    }
    // Five standard deviations of the binomial distribution.
    double tolerance = 5 * Math.sqrt(probability * (1 - probability) / SIZE);
    assertThat((double) dropped / SIZE).isCloseTo(probability, within(tolerance));
    assertThat(sum / SIZE).isCloseTo(1, within(tolerance / (1 - probability)));
  }

  @Test
  void multipliesTheInputElementByElement() {
    Tensor input = Tensor.of(Shape.of(5), 1, -2, 3, Float.MIN_VALUE, 0);
    float[] mask = new Dropout(0.5).forward(Tensor.ones(Shape.of(5)), PASS).toArray();

    float[] output = new Dropout(0.5).forward(input, PASS).toArray();

    for (int i = 0; i < mask.length; i++) {
      assertThat(output[i]).isEqualTo(input.get(i) * mask[i]);
    }
  }

  @Test
  void gradientsPassTheSameMask() {
    Parameter input = Parameter.of(Tensor.full(Shape.of(20, 10), 3));
    Tensor output = new Dropout(0.4).forward(input, PASS);

    output.sum().backward();

    float[] mask = new Dropout(0.4).forward(Tensor.ones(input.shape()), PASS).toArray();
    assertThat(input.gradient().toArray()).containsExactly(mask).contains(0);
  }

  @Test
  void doesNothingInEvaluationOrWithoutProbability() {
    assertThat(new Dropout(0.5).forward(ONES)).isSameAs(ONES);
    assertThat(new Dropout(0).forward(ONES, PASS)).isSameAs(ONES);
    assertThat(new Dropout(0.5).parameters()).isEmpty();
  }

  @Test
  void dependsOnSeedAndStepAndPlaceAndNothingElse() {
    float[] mask = mask(1, 2, "3");

    assertThat(mask(1, 2, "3")).isEqualTo(mask);
    assertThat(mask(2, 2, "3")).isNotEqualTo(mask);
    assertThat(mask(1, 3, "3")).isNotEqualTo(mask);
    assertThat(mask(1, 2, "4")).isNotEqualTo(mask);
    assertThat(mask(1, 2, "")).isNotEqualTo(mask);
  }

  private static float[] mask(long seed, long step, String place) {
    return new Dropout(0.5).forward(ONES, new Pass(true, seed, step, place)).toArray();
  }

  /** Masks of two layers agree by chance where both keep or both drop: half of the places. */
  @Test
  void twoLayersOfAModelDropIndependently() {
    Dropout dropout = new Dropout(0.5);

    float[] once = dropout.forward(ONES, PASS.inner("0")).toArray();
    float[] twice = Sequential.of(dropout, dropout).forward(ONES, PASS).toArray();

    int kept = 0;
    for (int i = 0; i < SIZE; i++) {
      assertThat(once[i] == 0 && twice[i] != 0).isFalse();
      kept += twice[i] == 4 ? 1 : 0;
    }
    assertThat((double) kept / SIZE).isCloseTo(0.25, within(5 * Math.sqrt(0.25 * 0.75 / SIZE)));
  }

  /** Places are paths and not sums of numbers, which would meet in large models. */
  @Test
  void nestedPlacesDoNotMeet() {
    assertThat(place("0", "32")).isNotEqualTo(place("1", "1"));
    assertThat(place("1", "1")).isNotEqualTo(place("11"));
  }

  private static float[] place(String... path) {
    Pass pass = PASS;
    for (String name : path) {
      pass = pass.inner(name);
    }
    return new Dropout(0.5).forward(ONES, pass).toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAProbabilityOutsideItsRange(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(probability))
        .withMessage("dropout is " + probability + "; expected 0 <= dropout < 1");
  }
}
