package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class FtrlProperties implements ElementwiseLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Ftrl(),
        new Ftrl(1, 0.1, 0.1, 0),
        new Ftrl(1, 0, 10, 0.5),
        new Ftrl(0, 1e-3, 0, 0),
        new Ftrl(0, 0, 0, 0));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    Ftrl ftrl = (Ftrl) rule;
    double size = Math.max(0, Math.abs(learningRate * g) - learningRate * ftrl.l1());
    double root = Math.sqrt(ftrl.initialAccumulator() + g * g);
    return -Math.signum(g) * size / (ftrl.beta() + root + learningRate * ftrl.l2());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((Ftrl) rule).initialAccumulator() == 0 ? 1e-15 : 1e-20;
  }

  /** What the penalty l1 takes away, which may be nearly all. */
  @Override
  public double subtracted(UpdateRule rule, Coordinate after) {
    Ftrl ftrl = (Ftrl) rule;
    double lr = after.learningRate();
    double below = ftrl.beta() + Math.sqrt(after.get(Ftrl.N)) + lr * ftrl.l2();
    return below == 0 ? 0 : lr * ftrl.l1() / below;
  }

  @Override
  public double ulpsOfTheValue() {
    return 2 * ULPS;
  }

  @Override
  public List<Slot> opposed() {
    return List.of(Ftrl.Z);
  }

  /** Algorithm 1 of McMahan et al., from theta = 0. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(min = 0.01, max = 2) double alpha,
      @ForAll @DoubleRange(max = 2) double beta,
      @ForAll @DoubleRange(max = 2) double lambda1,
      @ForAll @DoubleRange(max = 2) double lambda2) {
    Replay replay = new Replay(new Ftrl(beta, lambda1, lambda2, 0), 0);
    double w = 0;
    double z = 0;
    double n = 0;
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double g = gradient[0];
      double sigma = (Math.sqrt(n + g * g) - Math.sqrt(n)) / alpha;
      z += g - sigma * w;
      n += g * g;
      w =
          Math.abs(z) <= lambda1
              ? 0
              : -(z - Math.signum(z) * lambda1) / ((beta + Math.sqrt(n)) / alpha + lambda2);
      replay.step(alpha, g);
      assertThat(replay.values()[0]).isCloseTo(w, within(1e-11));
    }
  }

  /** Without penalties it is AdaGrad with beta for epsilon, from any start, at any rates. */
  @Property(tries = 100)
  void withoutPenaltiesItIsAdaGrad(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 2) double beta) {
    Replay adaGrad = new Replay(new AdaGrad(beta, 0), 1.5);
    Replay ftrl = new Replay(new Ftrl(beta, 0, 0, 0), 1.5);
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 0; t < gradients.length; t++) {
      double rate = t == 3 ? 0 : LEARNING_RATE / (t + 1);
      adaGrad.step(rate, gradients[t][0]);
      ftrl.step(rate, gradients[t][0]);
      assertThat(ftrl.values()[0]).isCloseTo(adaGrad.values()[0], within(1e-12));
    }
  }

  /** What L1 is for: a weight without much to say is exactly zero, in float32 too. */
  @Property(tries = 20)
  @Tag("widths")
  void smallGradientsGiveZero(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new Ftrl(1, 50, 0, 0), course.coordinates());
    for (float[] gradient : course.gradients(0.1, 2)) {
      assertEqual(run.step(LEARNING_RATE, gradient), new double[course.coordinates()]);
    }
  }

  /** A start that is not zero is no gradient: without gradients it stays. */
  @Property(tries = 50)
  void staysWhereItStarts(@ForAll("courses") Course course, @ForAll("rules") UpdateRule rule) {
    double start = course.start()[0];
    Replay replay = new Replay(rule, start);
    for (int t = 0; t < 5; t++) {
      replay.step(LEARNING_RATE, 0);
      assertThat(replay.values()[0]).isCloseTo(start, within(1e-15));
    }
  }
}
