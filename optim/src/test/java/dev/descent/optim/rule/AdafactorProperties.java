package dev.descent.optim.rule;

import static dev.descent.optim.rule.LarsProperties.difference;
import static dev.descent.optim.rule.LarsProperties.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.WholeLaws;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** PyTorch's numbers are in {@link PyTorchMatricesTest}. */
class AdafactorProperties implements WholeLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Adafactor(),
        new Adafactor(-0.5, 1e-3, 1e-2, 2, 0.1),
        new Adafactor(0, 1e-8, 0.1, 0.5, 0));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Adafactor(-0.8, 0, 1e-3, 1, 0);
  }

  /** L24: no update is larger than the threshold, in the root mean square; moments are squares. */
  @Property(tries = 50)
  @Tag("widths")
  void updatesAreClipped(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.1, max = 3) double threshold) {
    Course course = new Course(shape.size(), 8, seed);
    UpdateRule rule = new Adafactor(-0.8, 1e-7, 1e-3, threshold, 0);
    Precision.Journey journey = precision.from(rule, shape, course.start());
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      double[] before = journey.values();
      journey.step(0.5, gradient);
      double rms = norm(difference(journey.values(), before)) / Math.sqrt(shape.size());
      double slack = precision == Precision.DOUBLE ? 1e-12 : 1e-6;
      assertThat(rms / journey.common(Adafactor.ALPHA))
          .isLessThanOrEqualTo(threshold + slack * (1 + 1 / journey.common(Adafactor.ALPHA)));
      assertThat(Arrays.stream(journey.state(Adafactor.R))).allMatch(r -> r >= 0);
      assertThat(Arrays.stream(journey.state(Adafactor.C))).allMatch(c -> c >= 0);
    }
  }

  /** L58: where the squares have rank one, rows and columns know everything. */
  @Property(tries = 50)
  void factorsOfRankOneAreExact(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll long seed) {
    Course ofRows = new Course(rows, 1, seed);
    Course ofColumns = new Course(columns, 1, seed + 1);
    double[] gradient = new double[rows * columns];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (double) ofRows.start()[i / columns] * ofColumns.start()[i % columns];
    }
    UpdateRule rule = new Adafactor(-0.8, 0, 1e-3, 100, 0);
    Replay factored = new Replay(rule, Shape.of(rows, columns), new double[gradient.length]);
    Replay apart = new Replay(rule, new double[gradient.length]);
    for (int t = 1; t <= 5; t++) {
      double scale = 1.0 / t;
      double[] scaled = Arrays.stream(gradient).map(g -> g * scale).toArray();
      double[] ofFactored = factored.step(0.1, scaled);
      double[] ofApart = apart.step(0.1, scaled);
      for (int i = 0; i < gradient.length; i++) {
        assertThat(ofFactored[i]).isCloseTo(ofApart[i], within(1e-14 * Math.abs(ofApart[i])));
      }
    }
  }

  /** The step size: relative, with a floor below the parameter's size and a schedule of its own. */
  @Property(tries = 20)
  @Tag("widths")
  void stepsAreRelative(@ForAll Precision precision) {
    Precision.Journey journey = precision.from(new Adafactor(), Shape.of(2), new float[] {3, -4});
    journey.step(0.01, new float[] {1, 1});
    assertThat(journey.common(Adafactor.ALPHA)).isCloseTo(0.01 * Math.sqrt(12.5), within(1e-8));
    for (int t = 2; t <= 4; t++) {
      journey.step(10, new float[] {1, 1});
    }
    double[] before = journey.values();
    journey.step(10, new float[] {1, 1});
    double size = norm(before) / Math.sqrt(2);
    assertThat(journey.common(Adafactor.ALPHA)).isCloseTo(size / Math.sqrt(5), within(1e-6 * size));
    Precision.Journey small = precision.from(new Adafactor(), Shape.of(1), new float[] {0});
    small.step(0.01, new float[] {1});
    assertThat(small.values()[0]).isCloseTo(-1e-5, within(1e-11));
  }
}
