package dev.descent.optim;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.rule.AdaGrad;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Asgd;
import dev.descent.optim.rule.NormalisedAdaGrad;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.stage.Accumulation;
import dev.descent.optim.study.Trace;
import dev.descent.optim.transform.AdaptiveClipping;
import dev.descent.optim.transform.ClipByGlobalNorm;
import dev.descent.optim.transform.ClipByValue;
import dev.descent.optim.transform.GradientCentralisation;
import dev.descent.optim.transform.L2Penalty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** L60: steps of parameters whose gradients are of some rows only. */
class RowGradientProperties {
  private static final int ROWS = 12;

  /** Looks rows up, some of them several times, for some steps; a batch may be looked up twice. */
  private static final class Lookup {
    final Parameter table;
    final Optimizer optimizer;
    final int columns;

    Lookup(int columns, boolean byRows, UpdateRule rule, double weightDecay, Stage... stages) {
      this.columns = columns;
      SplittableRandom random = new SplittableRandom(columns);
      float[] values = new float[ROWS * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      table = Parameter.of(Shape.of(ROWS, columns), values);
      if (byRows) {
        table.byRows();
      }
      SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("table", table);
      optimizer =
          new Optimizer(
              List.of(new ParameterGroup(parameters, rule, 0.1).withWeightDecay(weightDecay)),
              stages);
    }

    int[] step(SplittableRandom random, int rows) {
      optimizer.clearGradients();
      int[] indices = random.ints(7, 0, rows).toArray();
      lookUp(random, indices);
      int[] more = random.ints(3, 0, rows).toArray();
      lookUp(random, more);
      optimizer.step();
      return Arrays.copyOf(indices, 7);
    }

    private void lookUp(SplittableRandom random, int[] indices) {
      float[] weights = new float[indices.length * columns];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextInt(4) == 0 ? -0f : (float) random.nextDouble(-3, 3);
      }
      Tensor found = table.gatherRows(indices);
      found.times(Tensor.of(found.shape(), weights)).sum().backward();
    }
  }

  @Provide
  Arbitrary<UpdateRule> sparseIsDense() {
    return Arbitraries.of(new Sgd(), new AdaGrad(), new AdaGrad(1e-8, 0.1, 0.5));
  }

  /** SGD and AdaGrad: rows without a gradient do not move, so leaving them out changes nothing. */
  @Property(tries = 100)
  @Tag("widths")
  void someRowsAreLikeAllRows(
      @ForAll("sparseIsDense") UpdateRule rule,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll long seed) {
    Lookup some = new Lookup(columns, true, rule, 0);
    Lookup all = new Lookup(columns, false, rule, 0);
    for (int step = 0; step < 5; step++) {
      some.step(new SplittableRandom(seed + step), ROWS);
      all.step(new SplittableRandom(seed + step), ROWS);
      assertSameBits(some.table.gradient().toArray(), all.table.gradient().toArray());
    }
    assertSameBits(some.table.toArray(), all.table.toArray());
    for (Slot slot : rule.slots()) {
      assertSameBits(
          some.optimizer.state("table", slot).toArray(),
          all.optimizer.state("table", slot).toArray());
    }
  }

  /**
   * Lazy Adam, written out in double: a row's moments change when it is used, the bias correction
   * goes with the steps of the whole table.
   */
  @Property(tries = 30)
  @Tag("widths")
  void adamIsLazy(@ForAll @IntRange(min = 1, max = 40) int columns, @ForAll long seed) {
    Lookup lookup = new Lookup(columns, true, new Adam(), 0);
    double[] p = doubles(lookup.table.toArray());
    double[] m = new double[p.length];
    double[] v = new double[p.length];
    for (int step = 1; step <= 6; step++) {
      lookup.step(new SplittableRandom(seed + step), ROWS);
      double[] g = doubles(lookup.table.gradient().toArray());
      int[] used = lookup.table.rowGradient().rows().toArray();
      for (int row : used) {
        for (int i = row * columns; i < (row + 1) * columns; i++) {
          m[i] = 0.9 * m[i] + 0.1 * g[i];
          v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
          double mHat = m[i] / (1 - Math.pow(0.9, step));
          double vHat = v[i] / (1 - Math.pow(0.999, step));
          p[i] -= 0.1 * mHat / (Math.sqrt(vHat) + 1e-8);
        }
      }
    }
    for (int i = 0; i < p.length; i++) {
      assertThat((double) lookup.table.get(i / columns, i % columns)).isCloseTo(p[i], within(2e-6));
    }
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /** Whatever happens around the rule: rows that are not used stay as they are, to the bit. */
  @Property(tries = 30)
  void rowsThatAreNotUsedStay(@ForAll @IntRange(min = 1, max = 40) int columns, @ForAll long seed) {
    Lookup lookup = new Lookup(columns, true, new Adam(), 0.5, new L2Penalty(0.1));
    float[] before = lookup.table.toArray();
    for (int step = 0; step < 3; step++) {
      lookup.step(new SplittableRandom(seed + step), ROWS - 2);
    }
    float[] after = lookup.table.toArray();
    int rest = (ROWS - 2) * columns;
    assertSameBits(
        Arrays.copyOfRange(after, rest, after.length),
        Arrays.copyOfRange(before, rest, before.length));
    assertThat(Arrays.copyOf(after, rest)).isNotEqualTo(Arrays.copyOf(before, rest));
  }

  /** Transforms see of a unit what they see of it among all. */
  @Property(tries = 30)
  void transformsOfUnitsSeeTheRightRows(
      @ForAll @IntRange(min = 1, max = 40) int columns, @ForAll long seed) {
    Stage[] stages = {
      new GradientCentralisation(), new AdaptiveClipping(0.5, 1e-3), new ClipByValue(0.4)
    };
    Lookup some = new Lookup(columns, true, new Sgd(), 0, stages);
    Lookup all = new Lookup(columns, false, new Sgd(), 0, stages);
    for (int step = 0; step < 3; step++) {
      some.step(new SplittableRandom(seed + step), ROWS);
      all.step(new SplittableRandom(seed + step), ROWS);
    }
    assertSameBits(some.table.toArray(), all.table.toArray());
  }

  @Property(tries = 30)
  void theGlobalNormIsThatOfAllRows(
      @ForAll @IntRange(min = 1, max = 40) int columns, @ForAll long seed) {
    Lookup some = new Lookup(columns, true, new Sgd(), 0, new ClipByGlobalNorm(0.3));
    Lookup all = new Lookup(columns, false, new Sgd(), 0, new ClipByGlobalNorm(0.3));
    some.step(new SplittableRandom(seed), ROWS);
    all.step(new SplittableRandom(seed), ROWS);
    assertThat(some.table.toArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(all.table.toArray());
  }

  /** Decay is of the rows used, like everything else. */
  @Property(tries = 20)
  void usedRowsDecay(@ForAll @IntRange(min = 1, max = 9) int columns) {
    Lookup lookup = new Lookup(columns, true, new Sgd(), 5);
    float[] before = lookup.table.toArray();
    lookup.table.gatherRows(3, 3).sum().times(0).backward();
    lookup.optimizer.step();
    for (int i = 0; i < before.length; i++) {
      float expected = i / columns == 3 ? before[i] * 0.5f : before[i];
      assertThat(lookup.table.get(i / columns, i % columns)).isEqualTo(expected);
    }
  }

  /** L63, in the midst of an accumulation: the rows used go with the state. */
  @Property(tries = 20)
  void accumulatedRowsAreSaved(@ForAll @IntRange(min = 1, max = 9) int columns, @ForAll long seed) {
    Lookup whole = new Lookup(columns, true, new Adam(), 0, new Accumulation(3));
    Lookup cut = new Lookup(columns, true, new Adam(), 0, new Accumulation(3));
    whole.step(new SplittableRandom(seed), ROWS);
    cut.optimizer.restore(whole.optimizer.state());
    for (int step = 1; step < 3; step++) {
      whole.step(new SplittableRandom(seed + step), ROWS);
      cut.step(new SplittableRandom(seed + step), ROWS);
    }
    assertThat(cut.optimizer.stepsTaken()).isEqualTo(1);
    assertSameBits(cut.table.toArray(), whole.table.toArray());
    Lookup all = new Lookup(columns, false, new Adam(), 0, new Accumulation(3));
    OptimizerState state =
        new Lookup(columns, true, new Adam(), 0, new Accumulation(3)).optimizer.state();
    assertThat(state.accumulated()).isZero();
    all.optimizer.restore(state);
    Lookup midst = new Lookup(columns, true, new Adam(), 0, new Accumulation(3));
    midst.lookUp(new SplittableRandom(seed), new int[] {1, 1});
    midst.optimizer.step();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> all.optimizer.restore(midst.optimizer.state()))
        .withMessage(
            "the state of table has a gradient of shape [1, %d], by rows; expected one of shape [12,"
                    .formatted(columns)
                + " %d], of all rows".formatted(columns));
  }

  @Property(tries = 20)
  void aTraceTellsIt(@ForAll @IntRange(min = 1, max = 9) int columns) {
    Lookup lookup = new Lookup(columns, true, new Adam(), 0.5);
    lookup.step(new SplittableRandom(1), ROWS);
    lookup.table.clearGradient();
    lookup.table.gatherRows(4).sum().backward();
    float[] before = lookup.table.toArray();
    Trace.OfParameter trace = lookup.optimizer.trace().parameter("table");
    lookup.optimizer.step();
    for (int i = 0; i < before.length; i++) {
      assertThat((double) lookup.table.get(i / columns, i % columns))
          .isCloseTo(before[i] + trace.quantity("delta")[i], within(2e-6));
    }
  }

  @Example
  void rulesThatLookAtEverythingAreRefused() {
    for (UpdateRule rule : List.of(new NormalisedAdaGrad(), new Asgd())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Lookup(2, true, rule, 0))
          .withMessage(
              rule
                  + " looks at all of table, whose gradient is by rows; expected a rule without"
                  + " common numbers and averages");
    }
  }
}
