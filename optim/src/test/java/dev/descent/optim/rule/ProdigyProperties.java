package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static dev.descent.optim.rule.LarsProperties.doubles;
import static dev.descent.optim.rule.LarsProperties.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.WholeLaws;
import dev.descent.optim.study.Replay;
import dev.descent.optim.study.Trace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ProdigyProperties implements WholeLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Prodigy(),
        new Prodigy(0.9, 0.99, 1e-6, 0.1, 0.5, 2),
        new Prodigy(0, 0.9, 1e-8, 0, 1, 0.5));
  }

  @Override
  public UpdateRule scaleFree() {
    return new Prodigy(0.9, 0.99, 0, 0, 0.5, 1);
  }

  /** The authors' algorithm, written again, in the order of their code. */
  @Property(tries = 50)
  void followsTheAuthors(
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.95) double beta1,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double beta2,
      @ForAll @DoubleRange(max = 0.5) double decay,
      @ForAll @DoubleRange(min = 0.1, max = 2) double coefficient) {
    Course course = new Course(n, 25, seed);
    double d0 = 0.01;
    Replay replay =
        new Replay(
            new Prodigy(beta1, beta2, 1e-8, decay, d0, coefficient), doubles(course.start()));
    double[] p = doubles(course.start());
    double[] p0 = p.clone();
    double[] s = new double[n];
    double[] expAvg = new double[n];
    double[] expAvgSq = new double[n];
    double beta3 = Math.sqrt(beta2);
    double d = d0;
    double dMax = d0;
    double numerator = 0;
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 0; t < gradients.length; t++) {
      double lr = t < 15 ? 0.5 : 0.1;
      double[] g = doubles(gradients[t]);
      double dlr = d * lr;
      double next = numerator * beta3;
      double denominator = 0;
      for (int i = 0; i < n; i++) {
        next += d / d0 * dlr * g[i] * (p0[i] - p[i]);
        expAvg[i] = expAvg[i] * beta1 + g[i] * d * (1 - beta1);
        expAvgSq[i] = expAvgSq[i] * beta2 + g[i] * g[i] * d * d * (1 - beta2);
        s[i] = s[i] * beta3 + g[i] * (d / d0 * dlr);
        denominator += Math.abs(s[i]);
      }
      if (denominator != 0) {
        numerator = next;
        double dHat = coefficient * numerator / denominator;
        if (d == d0) {
          d = Math.max(d, dHat);
        }
        dMax = Math.max(dMax, dHat);
        d = dMax;
        for (int i = 0; i < n; i++) {
          double denom = Math.sqrt(expAvgSq[i]) + d * 1e-8;
          p[i] -= p[i] * decay * dlr;
          p[i] -= dlr * expAvg[i] / denom;
        }
      }
      replay.step(lr, g);
      assertThat(replay.common(Prodigy.D)).isCloseTo(d, within(1e-10 * d));
      for (int i = 0; i < n; i++) {
        assertThat(replay.values()[i]).isCloseTo(p[i], within(1e-10 * (norm(p) + norm(p0))));
      }
    }
  }

  /** The distance belongs to all parameters: cut in two, they move as one, and trace as one. */
  @Property(tries = 30)
  @Tag("widths")
  void parametersOfAnOptimizerAreOne(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(max = 40) int cut,
      @ForAll long seed) {
    Course course = new Course(n, 15, seed);
    int at = Math.min(cut, n);
    UpdateRule rule = new Prodigy(0.9, 0.99, 1e-8, 0.1, 0.1, 1);
    float[] start = course.start();
    Parameter head = Parameter.of(Shape.of(at), Arrays.copyOf(start, at));
    Parameter tail = Parameter.of(Shape.of(n - at), Arrays.copyOfRange(start, at, n));
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("head", head);
    parameters.put("tail", tail);
    Optimizer optimizer = new Optimizer(parameters, rule, 0.5);
    Precision.Journey whole = Precision.FLOAT.from(rule, Shape.of(n), start);
    for (float[] gradient : course.gradients(0.1, 10)) {
      Precision.setGradient(head, Arrays.copyOf(gradient, at));
      Precision.setGradient(tail, Arrays.copyOfRange(gradient, at, n));
      Trace trace = optimizer.trace();
      optimizer.step();
      whole.step(0.5, gradient);
      double d = whole.common(Prodigy.D);
      assertThat(optimizer.common("head", "d")).isCloseTo(d, within(1e-5 * d));
      assertThat(optimizer.common("tail", "d")).isEqualTo(optimizer.common("head", "d"));
      assertThat(trace.parameter("tail").common().get("d"))
          .isCloseTo(optimizer.common("tail", "d"), within(1e-6 * d));
      double[] values = whole.values();
      for (int i = 0; i < n; i++) {
        double own = i < at ? head.get(i) : tail.get(i - at);
        assertThat(own).isCloseTo(values[i], within(1e-5 * (1 + norm(values))));
      }
    }
  }

  /** A frozen parameter is no part of the sums, and stays. */
  @Property(tries = 5)
  @Tag("widths")
  void frozenParametersAreLeftOut(@ForAll long seed) {
    Course course = new Course(5, 6, seed);
    UpdateRule rule = new Prodigy(0.9, 0.99, 1e-8, 0, 0.1, 1);
    Parameter moving = Parameter.of(Shape.of(5), course.start());
    Parameter frozen = Parameter.of(Shape.of(2), 1, 2);
    frozen.trainable(false);
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("frozen", frozen);
    parameters.put("moving", moving);
    Optimizer optimizer = new Optimizer(parameters, rule, 0.5);
    Precision.Journey alone = Precision.FLOAT.from(rule, Shape.of(5), course.start());
    for (float[] gradient : course.gradients(0.1, 10)) {
      Precision.setGradient(moving, gradient);
      optimizer.step();
      alone.step(0.5, gradient);
    }
    assertEqual(doubles(moving.toArray()), alone.values());
    assertThat(frozen.toArray()).containsExactly(1, 2);
  }

  /** From far too small a guess it finds the distance to the minimum, and goes there. */
  @Property(tries = 5)
  @Tag("widths")
  void findsTheDistance(@ForAll Precision precision, @ForAll @IntRange(min = 1, max = 5) int n) {
    Precision.Journey journey = precision.from(new Prodigy(), Shape.of(n), new float[n]);
    double before = 1e-6;
    for (int t = 0; t < 400; t++) {
      float[] gradient = new float[n];
      for (int i = 0; i < n; i++) {
        gradient[i] = (float) Math.signum(journey.values()[i] - 3);
      }
      journey.step(1, gradient);
      assertThat(journey.common(Prodigy.D)).isGreaterThanOrEqualTo(before);
      before = journey.common(Prodigy.D);
    }
    assertThat(before).isBetween(0.05, 4.0);
    assertThat(journey.values()[0]).isCloseTo(3, within(2.0));
  }
}
