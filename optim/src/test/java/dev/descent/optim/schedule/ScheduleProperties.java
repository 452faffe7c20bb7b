package dev.descent.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The laws of schedules, L78 to L82: bounds, ends, monotony, continuity, periods, recursions. */
class ScheduleProperties {
  private static final double ROUNDING = 1e-14;

  /** Schedules that fall from their learning rate to their lowest, by turns flat or falling. */
  @Provide
  Arbitrary<Tuple2<Schedule, Double>> falling() {
    return Combinators.combine(rates(), lengths(), Arbitraries.doubles().between(0, 1), rates())
        .flatAs((rate, steps, part, x) -> {
          double end = part * rate;
          List<Long> milestones = List.of(steps / 3, steps / 2, steps);
          return Arbitraries.of(
              Tuple.of(new Constant(rate), rate),
              Tuple.of(new StepDecay(rate, part, steps), 0.0),
              Tuple.of(new MultiStep(rate, part, milestones), rate * StrictMath.pow(part, 3)),
              Tuple.of(new Exponential(rate, part, steps), 0.0),
              Tuple.of(new Polynomial(rate, end, 0.1 + x, steps), end),
              Tuple.of(new InverseTime(rate, x), 0.0),
              Tuple.of(new InverseSquareRoot(rate, x), 0.0),
              Tuple.of(new Cosine(rate, end, steps), end),
              Tuple.of(new WarmupStableDecay(rate, end, 0, steps / 2, steps), end),
              Tuple.of(new Piecewise(List.of(steps), List.of(rate, end)), end));
        });
  }

  /** Schedules that also rise, each with its highest and its lowest learning rate. */
  @Provide
  Arbitrary<Bounded> rising() {
    return Combinators.combine(rates(), lengths(), Arbitraries.doubles().between(0, 1), lengths())
        .flatAs((rate, steps, part, n) -> {
          double low = part * rate;
          return Arbitraries.of(
              new Bounded(new Noam(rate, steps), 0, rate),
              new Bounded(new LinearWarmup(rate, part, steps), low, rate),
              new Bounded(new CosineRestarts(rate, low, steps, 1 + n % 3), low, rate),
              new Bounded(new OneCycle(rate, part, 25, 1e4, steps), rate / 25 / 1e4, rate),
              new Bounded(new Cyclic(rate, low, steps, n, part), low, rate),
              new Bounded(new WarmupStableDecay(rate, low, steps / 3, steps / 2, steps), 0, rate),
              new Bounded(new Constant(rate).afterWarmup(steps), 0, rate),
              new Bounded(new Cosine(rate, low, steps).afterWarmup(n), 0, rate),
              new Bounded(
                  new Chained(List.of(new Cosine(rate, low, steps), new LinearWarmup(1, 0, n))),
                  0,
                  rate));
        });
  }

  record Bounded(Schedule schedule, double lowest, double highest) {}

  private static Arbitrary<Double> rates() {
    return Arbitraries.doubles().between(1e-6, 10).ofScale(8).withoutEdgeCases();
  }

  private static Arbitrary<Long> lengths() {
    return Arbitraries.longs().between(1, 100_000);
  }

  @Property
  void fallingSchedulesStartAtTheirLearningRateAndNeverRise(
      @ForAll("falling") Tuple2<Schedule, Double> one,
      @ForAll @LongRange(max = 200_000) long t,
      @ForAll @LongRange(max = 200_000) long later) {
    Schedule schedule = one.get1();
    double first = schedule.learningRate(0);
    assertThat(first).isGreaterThanOrEqualTo(one.get2());
    assertThat(schedule.learningRate(t))
        .isLessThanOrEqualTo(first * (1 + ROUNDING))
        .isGreaterThanOrEqualTo(one.get2() * (1 - ROUNDING))
        .isGreaterThanOrEqualTo(schedule.learningRate(t + later) * (1 - ROUNDING));
  }

  @Property
  void risingSchedulesStayInTheirBounds(
      @ForAll("rising") Bounded one, @ForAll @LongRange(max = 1_000_000) long t) {
    assertThat(one.schedule.learningRate(t))
        .isLessThanOrEqualTo(one.highest * (1 + ROUNDING))
        .isGreaterThanOrEqualTo(one.lowest * (1 - ROUNDING));
  }

  /** Training may go on for longer than anybody planned. */
  @Property
  void farStepsHaveALearningRate(
      @ForAll("falling") Tuple2<Schedule, Double> falling,
      @ForAll("rising") Bounded rising,
      @ForAll @LongRange(min = 0) long t) {
    assertThat(falling.get1().learningRate(t)).isFinite().isNotNegative();
    assertThat(rising.schedule.learningRate(t)).isFinite().isNotNegative();
  }

  /** L79: ends are met exactly, and held. */
  @Property
  void endsAreMetExactly(
      @ForAll @DoubleRange(min = 0.01, max = 10) double rate,
      @ForAll @DoubleRange(min = 0, max = 10) double end,
      @ForAll @LongRange(min = 1, max = 100_000) long steps,
      @ForAll @LongRange(max = 1000) long beyond) {
    for (Schedule schedule :
        List.of(
            new Cosine(rate, end, steps),
            new Polynomial(rate, end, 1, steps),
            new Polynomial(rate, end, 2.5, steps),
            new WarmupStableDecay(rate, end, 0, steps, steps))) {
      assertThat(schedule.learningRate(0)).as("%s", schedule).isEqualTo(rate);
      assertThat(schedule.learningRate(steps + beyond)).as("%s", schedule).isEqualTo(end);
    }
    assertThat(new LinearWarmup(rate, 0, steps).learningRate(0)).isZero();
    assertThat(new LinearWarmup(rate, 0.1, steps).learningRate(steps + beyond)).isEqualTo(rate);
    assertThat(new Noam(rate, steps).learningRate(steps - 1)).isEqualTo(rate);
    OneCycle cycle = new OneCycle(rate, 0.5, 4, 8, 2 * steps + 2);
    assertThat(cycle.learningRate(0)).isEqualTo(rate / 4);
    assertThat(cycle.learningRate(steps)).as("the peak of %s", cycle).isEqualTo(rate);
    assertThat(cycle.learningRate(2 * steps + 1 + beyond)).isEqualTo(rate / 4 / 8);
    assertThat(new OneCycle(rate, 1, 4, 8, steps).learningRate(steps - 1 + beyond))
        .as("nothing but the way up")
        .isEqualTo(rate);
    Schedule warmed = new Cosine(rate, end, steps).afterWarmup(beyond + 1);
    assertThat(warmed.learningRate(0)).isZero();
    assertThat(warmed.learningRate(beyond + 1)).isEqualTo(rate);
    assertThat(warmed.learningRate(beyond + 1 + steps)).isEqualTo(end);
  }

  /** L80: no jump is larger than the curve is steep. */
  @Property
  void smoothSchedulesDoNotJump(
      @ForAll @DoubleRange(min = 0.01, max = 10) double rate,
      @ForAll @IntRange(min = 1, max = 10_000) int steps,
      @ForAll @LongRange(max = 30_000) long t) {
    assertJump(new Cosine(rate, 0, steps), t, Math.PI / 2 * rate / steps);
    assertJump(new Polynomial(rate, 0, 1, steps), t, rate / steps);
    assertJump(new Polynomial(rate, 0, 3, steps), t, 3 * rate / steps);
    assertJump(new LinearWarmup(rate, 0, steps), t, rate / steps);
    assertJump(new Cyclic(rate, 0, steps, 2L * steps, 1), t, rate / steps);
    assertJump(new Noam(rate, steps), t, rate / steps);
    assertJump(new WarmupStableDecay(rate, 0, steps, steps, 3L * steps), t, rate / steps);
    assertJump(new Cosine(rate, 0, steps).afterWarmup(steps), t, Math.PI / 2 * rate / steps);
    assertJump(new OneCycle(rate, 0.25, 25, 1e4, 4L * steps + 4), t, Math.PI / 2 * rate / steps);
  }

  private static void assertJump(Schedule schedule, long t, double limit) {
    double jump = Math.abs(schedule.learningRate(t + 1) - schedule.learningRate(t));
    assertThat(jump).as("%s from %d", schedule, t).isLessThanOrEqualTo(limit * (1 + 1e-9));
  }

  /** L80: periods. */
  @Property
  void cyclesRepeat(
      @ForAll @DoubleRange(min = 0.01, max = 10) double rate,
      @ForAll @LongRange(min = 1, max = 1000) long up,
      @ForAll @LongRange(min = 1, max = 1000) long down,
      @ForAll @LongRange(max = 1000) long cycle,
      @ForAll @LongRange(max = 3000) long t) {
    Schedule cyclic = new Cyclic(rate, rate / 3, up, down, 1);
    assertThat(cyclic.learningRate(t + cycle * (up + down))).isEqualTo(cyclic.learningRate(t));
    Schedule restarts = new CosineRestarts(rate, rate / 3, up, 1);
    assertThat(restarts.learningRate(t + cycle * up)).isEqualTo(restarts.learningRate(t));
    Schedule halving = new Cyclic(rate, 0, up, down, 0.5);
    assertThat(halving.learningRate(t + up + down)).isEqualTo(halving.learningRate(t) / 2);
  }

  /** Restart number i comes after period (1 + k + ... + k^(i-1)) steps, at the very step. */
  @Property
  void restartsAreOnTime(
      @ForAll @LongRange(min = 1, max = 1000) long period,
      @ForAll @LongRange(min = 2, max = 7) long factor) {
    CosineRestarts schedule = new CosineRestarts(1, 0, period, factor);
    long begin = 0;
    long length = period;
    for (int i = 0; i < 12; i++) {
      assertThat(schedule.learningRate(begin)).isEqualTo(1);
      Cosine one = new Cosine(1, 0, length);
      assertThat(schedule.learningRate(begin + length - 1)).isEqualTo(one.learningRate(length - 1));
      assertThat(schedule.learningRate(begin + length / 2)).isEqualTo(one.learningRate(length / 2));
      begin += length;
      length *= factor;
    }
  }

  /** L78: the closed form against the step from one learning rate to the next. */
  @Property
  void recursionsAgree(
      @ForAll @DoubleRange(min = 0.01, max = 1) double x,
      @ForAll @LongRange(min = 1, max = 50) long steps) {
    Schedule stairs = new StepDecay(0.1, x, steps);
    Schedule exponential = new Exponential(0.1, x, steps);
    Schedule inverseTime = new InverseTime(0.1, x);
    Schedule inverseRoot = new InverseSquareRoot(0.1, x);
    Schedule cosine = new Cosine(0.1, 0, steps);
    double stair = 0.1;
    double power = 0.1;
    double inverse = 10;
    double inverseSquare = 100;
    double perStep = StrictMath.pow(x, 1.0 / steps);
    for (int t = 0; t < 100; t++) {
      assertClose(stairs.learningRate(t), stair, t);
      assertClose(exponential.learningRate(t), power, t);
      assertClose(inverseTime.learningRate(t), 1 / inverse, t);
      assertClose(inverseRoot.learningRate(t), 1 / Math.sqrt(inverseSquare), t);
      if ((t + 1) % steps == 0) {
        stair *= x;
      }
      power *= perStep;
      inverse += 10 * x;
      inverseSquare += 100 * x;
    }
    double annealed = 0.1;
    for (int t = 0; t < steps; t++) {
      assertThat(cosine.learningRate(t)).isCloseTo(annealed, within(1e-13));
      annealed *= (1 + Math.cos(Math.PI * (t + 1) / steps)) / (1 + Math.cos(Math.PI * t / steps));
    }
  }

  private static void assertClose(double actual, double expected, int roundings) {
    assertThat(actual).isCloseTo(expected, within((roundings + 4) * 4e-16 * expected));
  }

  /** A cosine is as far above its middle before half time as below it after. */
  @Property
  void cosinesAreSymmetric(
      @ForAll @LongRange(min = 1, max = 10_000) long steps,
      @ForAll @LongRange(max = 10_000) long t) {
    Cosine schedule = new Cosine(0.3, 0.1, steps);
    long at = t % (steps + 1);
    double sum = schedule.learningRate(at) + schedule.learningRate(steps - at);
    assertThat(sum).isCloseTo(0.4, within(1e-15));
  }

  /** Near its end a cosine to zero is a parabola, and keeps its digits. */
  @Property
  void cosinesKeepTheirDigits(
      @ForAll @LongRange(min = 100_000, max = 1_000_000_000) long steps,
      @ForAll @LongRange(min = 1, max = 10) long left) {
    double angle = Math.PI / 2 * left / steps;
    double expected = 0.3 * angle * angle * (1 - angle * angle / 3);
    assertThat(new Cosine(0.3, 0, steps).learningRate(steps - left))
        .isCloseTo(expected, within(1e-6 * expected));
  }

  /** The paper's formula, with its own numbers. */
  @Property
  void noamIsThePapers(
      @ForAll @IntRange(min = 1, max = 4096) int modelSize,
      @ForAll @IntRange(min = 1, max = 10_000) int warmup,
      @ForAll @IntRange(min = 1, max = 100_000) int n) {
    double expected =
        Math.pow(modelSize, -0.5) * Math.min(Math.pow(n, -0.5), n * Math.pow(warmup, -1.5));
    assertThat(Noam.ofModel(1, modelSize, warmup).learningRate(n - 1))
        .isCloseTo(expected, within(1e-14 * expected));
  }

  /** L81: at a boundary the next value begins; one listed twice counts twice. */
  @Property
  void boundariesBelongToWhatFollows(
      @ForAll @LongRange(min = 1, max = 1000) long first, @ForAll @LongRange(max = 1000) long gap) {
    List<Long> boundaries = List.of(first, first + gap);
    Schedule pieces = new Piecewise(boundaries, List.of(3.0, 2.0, 1.0));
    Schedule stairs = new MultiStep(8, 0.5, boundaries);
    Schedule sequence =
        new Sequential(List.of(new Constant(3), new Constant(2), new Constant(1)), boundaries);
    for (long t = 0; t < first + gap + 2; t++) {
      int passed = (t >= first ? 1 : 0) + (t >= first + gap ? 1 : 0);
      assertThat(pieces.learningRate(t)).isEqualTo(3 - passed);
      assertThat(sequence.learningRate(t)).isEqualTo(3 - passed);
      assertThat(stairs.learningRate(t)).isEqualTo(8 >> passed);
    }
  }

  @Property
  void sequencesCountFromZeroAgain(
      @ForAll("rising") Bounded before,
      @ForAll("falling") Tuple2<Schedule, Double> after,
      @ForAll @LongRange(max = 10_000) long milestone,
      @ForAll @LongRange(max = 10_000) long t) {
    Schedule sequence = new Sequential(List.of(before.schedule, after.get1()), List.of(milestone));
    assertThat(before.schedule.then(milestone, after.get1())).isEqualTo(sequence);
    assertThat(sequence.learningRate(milestone + t)).isEqualTo(after.get1().learningRate(t));
    if (t < milestone) {
      assertThat(sequence.learningRate(t)).isEqualTo(before.schedule.learningRate(t));
    }
  }

  @Property
  void chainsMultiply(
      @ForAll("rising") Bounded one,
      @ForAll("falling") Tuple2<Schedule, Double> other,
      @ForAll @LongRange(max = 100_000) long t) {
    Schedule chained = new Chained(List.of(one.schedule, other.get1()));
    assertThat(one.schedule.times(other.get1())).isEqualTo(chained);
    assertThat(chained.learningRate(t))
        .isEqualTo(one.schedule.learningRate(t) * other.get1().learningRate(t))
        .isEqualTo(new Chained(List.of(other.get1(), one.schedule)).learningRate(t));
  }
}
