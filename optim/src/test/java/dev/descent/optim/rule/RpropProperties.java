package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.PlaceLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class RpropProperties implements ElementwiseLaws, PlaceLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Rprop(), new Rprop(0.3, 1.7, 1e-3, 0.05), new Rprop(0.9, 1.01, 0, 1e6));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    Rprop rprop = (Rprop) rule;
    return -Math.signum(g) * Math.clamp(learningRate, rprop.minStep(), rprop.maxStep());
  }

  /** The size is set at the first step, whatever the gradient. */
  @Override
  public List<Slot> restless() {
    return List.of(Rprop.SIZE);
  }

  /** L14: only signs count; any positive factor for each gradient changes nothing. */
  @Property(tries = 100)
  @Tag("widths")
  void onlySignsCount(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] signs = new float[gradients.length][course.coordinates()];
    for (int t = 0; t < signs.length; t++) {
      for (int i = 0; i < signs[t].length; i++) {
        signs[t][i] = Math.signum(gradients[t][i]);
      }
    }
    double[][] deltas = precision.deltas(new Rprop(), LEARNING_RATE, gradients);
    double[][] ofSigns = precision.deltas(new Rprop(), LEARNING_RATE, signs);
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(deltas[t], ofSigns[t]);
    }
  }

  /** L27: sizes are products of the factors, held between the bounds. */
  @Property(tries = 100)
  void sizesAreProductsOfTheFactors(@ForAll("courses") Course course) {
    Rprop rule = new Rprop(0.5, 1.2, 1e-3, 0.05);
    Replay replay = new Replay(rule, 0);
    double size = LEARNING_RATE;
    double previous = 0;
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double g = gradient[0];
      double expected = -Math.signum(g);
      if ((g > 0 && previous > 0) || (g < 0 && previous < 0)) {
        size = Math.min(1.2 * size, 0.05);
      } else if (g != 0 && previous != 0) {
        size = Math.max(0.5 * size, 1e-3);
        expected = 0;
        g = 0;
      }
      previous = g;
      assertThat(replay.step(LEARNING_RATE, gradient[0])[0] + 0.0).isEqualTo(expected * size + 0.0);
      assertThat(replay.state(Rprop.SIZE)[0]).isEqualTo(size);
    }
  }

  /** L39: growing, resting for one step where the sign turns, then going the other way. */
  @Example
  void restsWhereTheSignTurns() {
    Replay replay = new Replay(new Rprop(), 0);
    double[] gradients = {1, 5, 0.1, -1, -1, -1};
    double[] expected = {-1, -1.2, -1.44, 0, 0.72, 0.864};
    for (int t = 0; t < gradients.length; t++) {
      assertThat(replay.step(1, gradients[t])[0]).isCloseTo(expected[t], within(1e-15));
    }
  }

  /** After the first step the learning rate does nothing. */
  @Property(tries = 20)
  @Tag("widths")
  void theLearningRateIsTheFirstSize(
      @ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new Rprop(), course.coordinates());
    Precision.Run falling = precision.start(new Rprop(), course.coordinates());
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 0; t < gradients.length; t++) {
      assertEqual(
          falling.step(LEARNING_RATE / (t + 1), gradients[t]),
          run.step(LEARNING_RATE, gradients[t]));
    }
  }

  /** L42: without a gradient nothing moves, whatever went before, and the size stays. */
  @Property(tries = 20)
  @Tag("widths")
  void zeroGradientsDoNotMove(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new Rprop(), course.coordinates());
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      run.step(LEARNING_RATE, gradient);
    }
    double[] sizes = run.state(Rprop.SIZE);
    assertEqual(
        run.step(LEARNING_RATE, new float[course.coordinates()]), new double[course.coordinates()]);
    assertEqual(run.state(Rprop.SIZE), sizes);
  }
}
