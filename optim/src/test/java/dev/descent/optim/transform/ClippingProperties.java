package dev.descent.optim.transform;

import static dev.descent.optim.transform.Transformed.norm;
import static dev.descent.optim.transform.Transformed.one;
import static dev.descent.optim.transform.Transformed.several;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.law.Course;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** L76, for all ways to shorten a gradient; with one parameter that is one unit they agree. */
class ClippingProperties {
  /** Below it, a float's rounding is no longer small beside the float. */
  private static final double SMALLEST = 1e-25;

  /** A way to make a gradient's norm at most the limit. */
  private interface Clip {
    GradientTransform to(double limit);
  }

  @Provide
  Arbitrary<Clip> clips() {
    // The parameters are zeros: a unit's norm is then epsilon.
    return Arbitraries.of(
        ClipByNorm::new, ClipByGlobalNorm::new, limit -> new AdaptiveClipping(1, limit));
  }

  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 1);
  }

  @Provide
  Arbitrary<Double> limits() {
    return Arbitraries.doubles().between(-20, 20).map(decade -> Math.pow(10, decade));
  }

  private static float[] gradient(Course course) {
    return course.gradients(1e-20, 1e20)[0];
  }

  @Property
  @Tag("widths")
  void theNormIsAtMostTheLimit(
      @ForAll("clips") Clip clip,
      @ForAll("courses") Course course,
      @ForAll("limits") double limit) {
    assertThat(norm(one(gradient(course), clip.to(limit))))
        .isLessThanOrEqualTo(limit * (1 + 1e-12));
  }

  /** And as long as that, not a thousandth shorter. */
  @Property
  @Tag("widths")
  void everyElementIsMultipliedByTheQuotient(
      @ForAll("clips") Clip clip,
      @ForAll("courses") Course course,
      @ForAll("limits") double limit) {
    float[] gradient = gradient(course);
    double factor = Math.min(1, limit / norm(gradient));
    float[] clipped = one(gradient, clip.to(limit));
    for (int i = 0; i < gradient.length; i++) {
      double expected = gradient[i] * factor;
      double tolerance = Math.abs(expected) < SMALLEST ? SMALLEST : 2e-7 * Math.abs(expected);
      assertThat((double) clipped[i]).isCloseTo(expected, within(tolerance));
    }
  }

  @Property
  @Tag("widths")
  void withinTheLimitNothingChanges(
      @ForAll("clips") Clip clip,
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(min = 1, max = 100) double times) {
    float[] gradient = gradient(course);
    double norm = norm(gradient) * (1 + 1e-14);
    Assume.that(norm > 0);
    assertThat(one(gradient, clip.to(times * norm))).isEqualTo(gradient);
  }

  @Property
  @Tag("widths")
  void clippingAgainChangesNothing(
      @ForAll("clips") Clip clip,
      @ForAll("courses") Course course,
      @ForAll("limits") double limit) {
    float[] once = one(gradient(course), clip.to(limit));
    assertThat(one(once, clip.to(limit))).isEqualTo(once);
  }

  /** Powers of two, which scale without rounding. */
  @Property
  void aLongerGradientOfTheSameDirectionBecomesTheSame(
      @ForAll("clips") Clip clip,
      @ForAll("courses") Course course,
      @ForAll @IntRange(max = 20) int power) {
    float[] gradient = gradient(course);
    Assume.that(norm(gradient) > 0);
    double limit = norm(gradient) * 0.9;
    float[] longer = gradient.clone();
    for (int i = 0; i < longer.length; i++) {
      longer[i] = Math.scalb(longer[i], power);
    }
    assertThat(one(longer, clip.to(limit))).isEqualTo(one(gradient, clip.to(limit)));
  }

  /** The greatest floats: their squares have no place in a float. */
  @Property(tries = 20)
  @Tag("widths")
  void nothingOverflows(@ForAll("clips") Clip clip, @ForAll @IntRange(min = 1, max = 67) int n) {
    float[] gradient = new float[n];
    Arrays.fill(gradient, Float.MAX_VALUE);
    assertThat(norm(one(gradient, clip.to(1)))).isCloseTo(1, within(1e-6));
  }

  /** The policy: such gradients pass, so that they show. */
  @Property(tries = 20)
  void infinityAndNanStay(@ForAll("clips") Clip clip, @ForAll @IntRange(min = 1, max = 67) int n) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] gradient = new float[n];
      Arrays.fill(gradient, 5);
      gradient[n / 2] = bad;
      assertThat(one(gradient, clip.to(1))).isEqualTo(gradient);
    }
  }

  @Property(tries = 20)
  void zerosStay(@ForAll("clips") Clip clip, @ForAll @IntRange(max = 67) int n) {
    assertThat(one(new float[n], clip.to(1e-20))).isEqualTo(new float[n]);
  }

  /** How a gradient is cut into parameters does not matter to its global norm. */
  @Property
  @Tag("widths")
  void theGlobalNormIsOfAllParameters(
      @ForAll("courses") Course course, @ForAll("limits") double limit, @ForAll long seed) {
    float[][] gradients = {gradient(course), gradient(new Course(5, 1, seed)), {}};
    float[][] clipped = several(gradients, new ClipByGlobalNorm(limit));
    assertThat(norm(clipped)).isLessThanOrEqualTo(limit * (1 + 1e-12));
    double factor = Math.min(1, limit / norm(gradients));
    for (int p = 0; p < gradients.length; p++) {
      assertThat(norm(clipped[p]))
          .isCloseTo(norm(gradients[p]) * factor, within(SMALLEST + 1e-6 * limit));
    }
  }

  @Property(tries = 50)
  void otherNormsAreOfOneParameter(
      @ForAll("courses") Course course, @ForAll("limits") double limit, @ForAll long seed) {
    float[][] gradients = {gradient(course), gradient(new Course(5, 1, seed))};
    for (GradientTransform clip : List.of(new ClipByNorm(limit), new AdaptiveClipping(1, limit))) {
      float[][] clipped = several(gradients, clip);
      for (int p = 0; p < gradients.length; p++) {
        assertThat(clipped[p]).isEqualTo(one(gradients[p], clip));
      }
    }
  }

  /** Brock et al., equation 3: each row beside its own weights. */
  @Property(tries = 100)
  @Tag("widths")
  void adaptiveClippingIsByUnit(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll long seed) {
    Course course = new Course(rows * columns, 1, seed);
    float[] weights = course.start();
    Arrays.fill(weights, 0, columns, 0);
    float[] gradient = course.gradients(1e-4, 1e1)[0];
    float[] clipped =
        one(weights, Shape.of(rows, 1, columns), gradient, new AdaptiveClipping(0.01, 0.1));
    for (int row = 0; row < rows; row++) {
      float[] w = Arrays.copyOfRange(weights, row * columns, (row + 1) * columns);
      float[] g = Arrays.copyOfRange(gradient, row * columns, (row + 1) * columns);
      double most = 0.01 * Math.max(norm(w), 0.1);
      double factor = norm(g) > most ? most / norm(g) : 1;
      for (int i = 0; i < columns; i++) {
        assertThat((double) clipped[row * columns + i])
            .isCloseTo(g[i] * factor, within(2e-7 * Math.abs(g[i] * factor)));
      }
    }
  }

  @Example
  void limitsArePositive() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      for (Clip clip : List.<Clip>of(ClipByNorm::new, ClipByGlobalNorm::new, ClipByValue::new)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> clip.to(bad))
            .withMessage("limit is " + bad + "; expected a finite number > 0");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AdaptiveClipping(bad))
          .withMessage("limit is " + bad + "; expected a finite number > 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AdaptiveClipping(1, bad))
          .withMessage("epsilon is " + bad + "; expected a finite number > 0");
    }
    assertThat(new AdaptiveClipping()).isEqualTo(new AdaptiveClipping(0.01, 0.001));
  }
}
