package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.AdaptiveLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.UpdateRuleLaws;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class RmsPropMomentumProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new RmsPropMomentum(),
        new RmsPropMomentum(0.9, 0.5, 1e-7),
        new RmsPropMomentum(0.3, 0.3, 1e-5),
        new RmsPropMomentum(0.5, 1, 0.1),
        new RmsPropMomentum(0.99, 0.9, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new RmsPropMomentum(0.99, 0.9, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    RmsPropMomentum it = (RmsPropMomentum) rule;
    return -learningRate * g / (Math.sqrt((1 - it.decay()) * g * g) + it.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((RmsPropMomentum) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L48: without momentum it is RMSprop, to the bit. */
  @Property(tries = 50)
  void withoutMomentumItIsRmsProp(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-15, 1e18);
    double[][] plain = Precision.DOUBLE.deltas(new RmsProp(0.9, 1e-8), LEARNING_RATE, gradients);
    double[][] deltas =
        Precision.DOUBLE.deltas(new RmsPropMomentum(0.9, 0, 1e-8), LEARNING_RATE, gradients);
    for (int t = 0; t < plain.length; t++) {
      assertEqual(deltas[t], plain[t]);
    }
  }

  /** L17: the bound of RMSprop, over what momentum leaves. */
  @Property(tries = 100)
  void stepsAreBounded(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 0.99) double decay,
      @ForAll @DoubleRange(max = 0.99) double momentum) {
    double bound = LEARNING_RATE / Math.sqrt(1 - decay) / (1 - momentum) * (1 + 1e-13);
    for (double[] deltas :
        Precision.DOUBLE.deltas(
            new RmsPropMomentum(decay, momentum, 0),
            LEARNING_RATE,
            course.gradients(1e-10, 1e10))) {
      assertThat(Arrays.stream(deltas).boxed()).allMatch(delta -> Math.abs(delta) <= bound);
    }
  }

  /** It is heavy ball over the steps of RMSprop. */
  @Property(tries = 50)
  void gathersTheStepsOfRmsProp(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double[][] plain = Precision.DOUBLE.deltas(new RmsProp(), LEARNING_RATE, gradients);
    double[][] deltas =
        Precision.DOUBLE.deltas(new RmsPropMomentum(0.99, 0.7, 1e-8), LEARNING_RATE, gradients);
    for (int i = 0; i < course.coordinates(); i++) {
      double velocity = 0;
      double size = 0;
      for (int t = 0; t < deltas.length; t++) {
        velocity = 0.7 * velocity + plain[t][i];
        size = 0.7 * size + Math.abs(plain[t][i]);
        assertThat(deltas[t][i]).isCloseTo(velocity, within(1e-14 * size));
      }
    }
  }
}
