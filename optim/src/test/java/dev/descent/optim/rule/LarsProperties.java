package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.WholeLaws;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class LarsProperties implements WholeLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Lars(),
        new Lars(0, 0.01, 0, 0),
        new Lars(0.5, 0.02, 1e-3, 0.1),
        new Lars(0.99, 1, 1, 1));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Lars(0.9, 0.02, 0, 0);
  }

  /** L23: without momentum and decay, a step is as long as the parameter, times two factors. */
  @Property(tries = 50)
  @Tag("widths")
  void stepsAreAShareOfTheParameter(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double trust) {
    Course course = new Course(shape.size(), 5, seed);
    Precision.Journey journey = precision.from(new Lars(0, trust, 0, 0), shape, course.start());
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double[] before = journey.values();
      journey.step(0.1, gradient);
      double[] after = journey.values();
      double size = norm(before);
      double expected = norm(doubles(gradient)) == 0 ? 0 : 0.1 * trust * size;
      double tolerance = precision == Precision.DOUBLE ? 1e-14 : 1e-6;
      assertThat(norm(difference(after, before))).isCloseTo(expected, within(tolerance * size));
    }
  }

  /** The paper's algorithm, written again: the learning rate is inside the velocity. */
  @Property(tries = 50)
  void followsThePaper(
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.99) double momentum,
      @ForAll @DoubleRange(max = 1) double decay) {
    Course course = new Course(shape.size(), 10, seed);
    Replay replay = new Replay(new Lars(momentum, 0.02, 0, decay), shape, doubles(course.start()));
    double[] w = doubles(course.start());
    double[] v = new double[w.length];
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 0; t < gradients.length; t++) {
      double gamma = 0.5 / (t + 1);
      double[] g = doubles(gradients[t]);
      double lambda = 0.02 * norm(w) / (norm(g) + decay * norm(w));
      if (norm(g) + decay * norm(w) == 0) {
        lambda = 1;
      }
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] + gamma * lambda * (g[i] + decay * w[i]);
      }
      for (int i = 0; i < w.length; i++) {
        w[i] -= v[i];
      }
      replay.step(gamma, g);
      for (int i = 0; i < w.length; i++) {
        assertThat(replay.values()[i]).isCloseTo(w[i], within(1e-13 * (norm(w) + norm(v) + 1)));
      }
    }
  }

  /** L11: epsilon stands beside the norm, not within its root. */
  @Property(tries = 20)
  @Tag("widths")
  void epsilonIsAddedToTheNorm(@ForAll Precision precision) {
    Precision.Journey journey =
        precision.from(new Lars(0, 0.5, 5, 0), Shape.of(2), new float[] {6, 8});
    journey.step(1, new float[] {3, 4});
    assertThat(journey.common(Lars.TRUST)).isEqualTo(0.5 * 10 / (5 + 5));
    assertThat(journey.values()[0]).isCloseTo(6 - 0.5 * 3, within(1e-6));
  }

  static double norm(double... x) {
    double sum = 0;
    for (double each : x) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }

  static double[] difference(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return difference;
  }

  static double[] doubles(float... floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
