package dev.descent.optim.transform;

import static dev.descent.optim.transform.Transformed.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.law.Course;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class GradientCentralisationProperties {
  @Property
  @Tag("widths")
  void theMeanOfEachUnitIsZeroAndDifferencesStay(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll long seed) {
    float[] gradient = new Course(rows * columns, 1, seed).gradients(1e-3, 10)[0];
    float[] centred =
        one(
            new float[gradient.length],
            Shape.of(rows, columns, 1),
            gradient,
            new GradientCentralisation());
    for (int row = 0; row < rows; row++) {
      int first = row * columns;
      double sum = 0;
      for (int i = first; i < first + columns; i++) {
        sum += centred[i];
        assertThat((double) centred[i] - centred[first])
            .isCloseTo((double) gradient[i] - gradient[first], within(4e-6));
      }
      assertThat(sum / columns).isCloseTo(0, within(1e-6));
    }
  }

  @Example
  void vectorsAndScalarsAreLeftAlone() {
    float[] gradient = {1, 2, 6};
    assertThat(one(gradient, new GradientCentralisation())).isEqualTo(gradient);
    assertThat(one(new float[1], Shape.SCALAR, new float[] {3}, new GradientCentralisation()))
        .containsExactly(3);
    assertThat(one(new float[3], Shape.of(1, 3), gradient, new GradientCentralisation()))
        .containsExactly(-2, -1, 3);
  }

  @Example
  void emptyParametersAreFine() {
    for (Shape shape : Arrays.asList(Shape.of(0, 3), Shape.of(3, 0))) {
      assertThat(one(new float[0], shape, new float[0], new GradientCentralisation())).isEmpty();
    }
  }
}
