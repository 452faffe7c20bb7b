package dev.descent.optim.transform;

import static dev.descent.optim.transform.Transformed.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.law.Course;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** L77. */
class ClipByValueProperties {
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
  void whatIsBeyondTheLimitBecomesTheLimit(
      @ForAll("courses") Course course, @ForAll("limits") double limit) {
    float[] gradient = gradient(course);
    float[] clipped = one(gradient, new ClipByValue(limit));
    for (int i = 0; i < gradient.length; i++) {
      assertThat((double) Math.abs(clipped[i])).isLessThanOrEqualTo(limit);
      if (Math.abs(gradient[i]) <= limit) {
        assertThat(clipped[i]).isEqualTo(gradient[i]);
      } else {
        float size = clipped[i] * Math.signum(gradient[i]);
        assertThat((double) Math.nextUp(size)).as("the next float").isGreaterThan(limit);
      }
    }
  }

  @Property
  void itIsIdempotentAndOdd(@ForAll("courses") Course course, @ForAll("limits") double limit) {
    float[] gradient = gradient(course);
    float[] clipped = one(gradient, new ClipByValue(limit));
    assertThat(one(clipped, new ClipByValue(limit))).isEqualTo(clipped);
    float[] mirrored = gradient.clone();
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = -mirrored[i];
    }
    float[] clippedMirror = one(mirrored, new ClipByValue(limit));
    for (int i = 0; i < mirrored.length; i++) {
      assertThat(clippedMirror[i]).isEqualTo(-clipped[i]);
    }
  }

  @Property
  void itIsMonotone(@ForAll float a, @ForAll float b, @ForAll("limits") double limit) {
    float[] clipped = one(new float[] {Math.min(a, b), Math.max(a, b)}, new ClipByValue(limit));
    assertThat(clipped[0]).isLessThanOrEqualTo(clipped[1]);
  }

  @Example
  void infinityIsCutOffAndNanStays() {
    float[] gradient = {Float.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY, 0};
    assertThat(one(gradient, new ClipByValue(2))).containsExactly(-2, Float.NaN, 2, 0);
    assertThat(one(gradient, new ClipByValue(1e300)))
        .containsExactly(-Float.MAX_VALUE, Float.NaN, Float.MAX_VALUE, 0);
  }
}
