package dev.descent.optim.law;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.CommonLaws.train;

import dev.descent.optim.UpdateRule;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Rules that treat coordinates alike and apart. */
public interface ElementwiseLaws extends CommonLaws {
  /** L1: permuting the coordinates permutes the result. */
  @Property(tries = 50)
  @Tag("widths")
  default void coordinatesAreAlike(
      @ForAll("rules") UpdateRule rule, @ForAll("courses") Course course) {
    int n = course.coordinates();
    int[] order = permutation(n, course.random());
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] permuted = new float[gradients.length][n];
    float[] start = course.start();
    float[] permutedStart = new float[n];
    for (int i = 0; i < n; i++) {
      permutedStart[i] = start[order[i]];
      for (int t = 0; t < gradients.length; t++) {
        permuted[t][i] = gradients[t][order[i]];
      }
    }
    float[] result = train(rule, start, gradients, n)[0];
    float[] permutedResult = train(rule, permutedStart, permuted, n)[0];
    for (int i = 0; i < n; i++) {
      assertSameBits(permutedResult[i], result[order[i]]);
    }
  }

  /** L2: what lies behind a coordinate does not matter to it. */
  @Property(tries = 50)
  @Tag("widths")
  default void tailsAreComputedAlike(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 20) int dropped) {
    int n = Math.max(0, course.coordinates() - dropped);
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] shorter = new float[gradients.length][];
    for (int t = 0; t < gradients.length; t++) {
      shorter[t] = Arrays.copyOf(gradients[t], n);
    }
    float[] all = train(rule, course.start(), gradients, course.coordinates())[0];
    float[] first = train(rule, Arrays.copyOf(course.start(), n), shorter, n)[0];
    assertSameBits(first, Arrays.copyOf(all, n));
  }

  /** L3: cutting a parameter in two changes nothing. */
  @Property(tries = 50)
  @Tag("widths")
  default void splittingChangesNothing(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(max = COORDINATES) int cut) {
    int n = course.coordinates();
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[] whole = train(rule, course.start(), gradients, n)[0];
    float[][] parts = train(rule, course.start(), gradients, Math.min(cut, n));
    assertSameBits(parts[0], Arrays.copyOf(whole, parts[0].length));
    assertSameBits(parts[1], Arrays.copyOfRange(whole, parts[0].length, n));
  }

  /** L3 where threads share the work. */
  @Property(tries = 2)
  @Tag("widths")
  default void threadsChangeNothing(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    Course course = new Course(300_007, 3, seed);
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[] whole = train(rule, course.start(), gradients, course.coordinates())[0];
    float[][] parts = train(rule, course.start(), gradients, 100_003);
    assertSameBits(parts[0], Arrays.copyOf(whole, parts[0].length));
    assertSameBits(parts[1], Arrays.copyOfRange(whole, parts[0].length, whole.length));
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
