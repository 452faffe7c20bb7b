package dev.descent.optim.rule;

import static dev.descent.optim.rule.LarsProperties.difference;
import static dev.descent.optim.rule.LarsProperties.doubles;
import static dev.descent.optim.rule.LarsProperties.norm;
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

class LambProperties implements WholeLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Lamb(),
        new Lamb(0.5, 0.9, 1e-4, 0.5),
        new Lamb(0, 0.99, 1e-8, 0),
        new Lamb(0.3, 0.2, 1e-3, 1e-4));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Lamb(0.9, 0.99, 0, 0);
  }

  /** L23: a step is as long as the parameter, times the learning rate. */
  @Property(tries = 50)
  @Tag("widths")
  void stepsAreAsLongAsTheParameter(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("shapes") Shape shape,
      @ForAll long seed) {
    Course course = new Course(shape.size(), 5, seed);
    Precision.Journey journey = precision.from(rule, shape, course.start());
    boolean remembers = ((Lamb) rule).beta1() > 0;
    boolean anything = false;
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      anything = norm(doubles(gradient)) > 0 || (remembers && anything);
      double[] before = journey.values();
      journey.step(0.1, gradient);
      double size = norm(before);
      double tolerance = precision == Precision.DOUBLE ? 1e-13 : 2e-6;
      if (anything) {
        assertThat(norm(difference(journey.values(), before)))
            .isCloseTo(0.1 * size, within(tolerance * size));
      }
    }
  }

  /** The paper's algorithm, written again. */
  @Property(tries = 50)
  void followsThePaper(
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2,
      @ForAll @DoubleRange(max = 1) double decay) {
    Course course = new Course(shape.size(), 10, seed);
    Replay replay = new Replay(new Lamb(beta1, beta2, 1e-6, decay), shape, doubles(course.start()));
    double[] x = doubles(course.start());
    double[] m = new double[x.length];
    double[] v = new double[x.length];
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 1; t <= gradients.length; t++) {
      double[] g = doubles(gradients[t - 1]);
      double[] r = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        double corrected = m[i] / (1 - Math.pow(beta1, t));
        r[i] = corrected / (Math.sqrt(v[i] / (1 - Math.pow(beta2, t))) + 1e-6) + decay * x[i];
      }
      double ratio = norm(x) > 0 && norm(r) > 0 ? norm(x) / norm(r) : 1;
      for (int i = 0; i < x.length; i++) {
        x[i] -= 0.1 * ratio * r[i];
      }
      replay.step(0.1, g);
      for (int i = 0; i < x.length; i++) {
        assertThat(replay.values()[i]).isCloseTo(x[i], within(1e-12 * norm(x)));
      }
    }
  }

  /** From zero the first steps are AdamW's. */
  @Property(tries = 20)
  @Tag("widths")
  void fromZeroItIsAdamW(
      @ForAll Precision precision, @ForAll("shapes") Shape shape, @ForAll long seed) {
    Course course = new Course(shape.size(), 1, seed);
    float[] gradient = course.gradients(1e-3, 1e3)[0];
    Precision.Journey lamb =
        precision.from(new Lamb(0.9, 0.999, 1e-6, 0.1), shape, new float[shape.size()]);
    Precision.Journey adamW =
        precision.from(new AdamW(0.9, 0.999, 1e-6, 0.1), shape, new float[shape.size()]);
    lamb.step(0.1, gradient);
    adamW.step(0.1, gradient);
    assertThat(lamb.values()).containsExactly(adamW.values());
    assertThat(lamb.common(Lamb.TRUST)).isEqualTo(1);
  }
}
