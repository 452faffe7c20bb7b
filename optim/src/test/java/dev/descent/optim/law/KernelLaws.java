package dev.descent.optim.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.kernel.Machine;
import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * A kernel computes what its rule specifies, to 4 ulp a step, and touches nothing else.
 *
 * <p>What "4 ulp of the step" means: both take one step from the same float32 state, with the
 * parameter at zero, so that its new value is the step itself. The ulp is that of a float as large
 * as the step would be without cancellation, which the specification gives for absolute values of
 * gradient and state: where a velocity and a gradient cancel, what is left has their rounding.
 * State is measured in the same way, to 8 ulp.
 *
 * <p>Four is not a bound of the worst case, in which ten roundings all fall to one side: of 20
 * million steps of Adam with random settings 15 came out beyond it, the worst at 4.4. So the random
 * numbers of this contract are always the same ones.
 */
public interface KernelLaws extends UpdateRuleLaws {
  /** The tolerance for steps. */
  double ULPS = 4;

  /** The tolerance for state, which may be the square of a step. */
  double STATE_ULPS = 8;

  /** State below this may count as zero: on its way down it would become slow to compute with. */
  double FADED = 0x1p-89;

  /** The largest gradient tried: less than 1e20 where float32 must hold sums of its square. */
  default double largestGradient() {
    return 1e20;
  }

  /** The smallest gradient tried: more than 1e-20 where no epsilon hides the loss of its square. */
  default double smallestGradient(UpdateRule rule) {
    return 1e-20;
  }

  /** Every length up to four vectors and a tail, one step after another, each compared. */
  @Property(tries = 40, seed = "412", edgeCases = EdgeCasesMode.NONE)
  @Tag("widths")
  default void kernelFollowsItsSpecification(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    for (int n = 0; n <= COORDINATES; n++) {
      check(rule, new Course(n, 8, seed + n));
    }
  }

  private void check(UpdateRule rule, Course course) {
    int n = course.coordinates();
    SplittableRandom random = course.random();
    double learningRate = Math.pow(10, random.nextDouble(-6, 0));
    int pAt = random.nextInt(5);
    int gAt = random.nextInt(5);
    int at = random.nextInt(5);
    UpdateKernel kernel = UpdateKernel.of(rule);
    List<Slot> slots = rule.slots();
    float[][] state = new float[slots.size()][at + n + 3];
    for (int k = 0; k < state.length; k++) {
      Arrays.fill(state[k], (float) slots.get(k).initialValue());
    }
    float[][] gradients = course.gradients(smallestGradient(rule), largestGradient());
    for (int step = 1; step <= gradients.length; step++) {
      float[] g = new float[gAt + n + 3];
      float[] p = new float[pAt + n + 3];
      System.arraycopy(gradients[step - 1], 0, g, gAt, n);
      float[][] before = Arrays.stream(state).map(float[]::clone).toArray(float[][]::new);
      float[] gBefore = g.clone();

      kernel.update(p, pAt, g, gAt, state, at, n, learningRate, step);

      assertThat(g).isEqualTo(gBefore);
      assertOutsideUntouched(p, new float[p.length], pAt, n);
      for (int k = 0; k < state.length; k++) {
        assertOutsideUntouched(state[k], before[k], at, n);
      }
      for (int i = 0; i < n; i++) {
        Point exact = new Point(slots, before, at + i, g[gAt + i], learningRate, step, false);
        Point absolute = new Point(slots, before, at + i, g[gAt + i], learningRate, step, true);
        double delta = rule.delta(exact);
        double size = Math.abs(rule.delta(absolute));
        boolean faded = false;
        for (int k = 0; k < state.length; k++) {
          double expected = exact.get(slots.get(k));
          if (state[k][at + i] == 0 && Math.abs(expected) < FADED) {
            faded |= expected != 0;
          } else {
            assertThat((double) state[k][at + i])
                .as("%s of coordinate %d after step %d", slots.get(k).name(), i, step)
                .isCloseTo(expected, within(STATE_ULPS * ulp(absolute.get(slots.get(k)))));
          }
        }
        if (!faded) {
          assertThat((double) p[pAt + i])
              .as("coordinate %d at step %d", i, step)
              .isCloseTo(delta, within(ULPS * ulp(size)));
        }
      }
    }
  }

  /** With the Vector API there, the kernel is what runs. */
  @Property(tries = 20)
  @Tag("widths")
  default void theKernelRuns(@ForAll("rules") UpdateRule rule) {
    String running = UpdateKernel.of(rule).getClass().getSimpleName();
    assertThat(running)
        .isEqualTo(
            Machine.usesSimd()
                ? rule.getClass().getSimpleName() + "Kernel"
                : "SpecificationKernel");
  }

  private static double ulp(double value) {
    return Math.ulp((float) value);
  }

  private static void assertOutsideUntouched(float[] after, float[] before, int at, int n) {
    for (int i = 0; i < after.length; i++) {
      if (i < at || i >= at + n) {
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
  }

  /** One coordinate with given state; or what it would be if nothing could cancel. */
  final class Point implements Coordinate {
    private final Map<String, Double> state = new LinkedHashMap<>();
    private final double gradient;
    private final double learningRate;
    private final long step;

    private Point(
        List<Slot> slots,
        float[][] before,
        int index,
        double gradient,
        double learningRate,
        long step,
        boolean absolute) {
      for (int k = 0; k < before.length; k++) {
        double value = before[k][index];
        state.put(slots.get(k).name(), absolute ? Math.abs(value) : value);
      }
      this.gradient = absolute ? Math.abs(gradient) : gradient;
      this.learningRate = learningRate;
      this.step = step;
    }

    @Override
    public double gradient() {
      return gradient;
    }

    @Override
    public double value() {
      return 0;
    }

    @Override
    public double learningRate() {
      return learningRate;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public double get(Slot slot) {
      return state.get(slot.name());
    }

    @Override
    public double set(Slot slot, double next) {
      state.put(slot.name(), next);
      return next;
    }
  }
}
