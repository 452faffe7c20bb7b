package dev.descent.optim.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.ReduceOnPlateau;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.schedule.Schedules;
import dev.descent.optim.study.FloatReplay;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Something that is chosen by name and settings. */
interface Subject {
  /** Learning rate and length of the run for schedules. */
  double RATE = 1;

  long STEPS = 100;

  /** How messages call it. */
  String title();

  /** The settings with their defaults. */
  SequencedMap<String, Object> defaults();

  /** A value with some settings changed. */
  Object choose(Map<String, String> changes);

  /** The settings of a value. */
  SequencedMap<String, Object> settings(Object chosen);

  /** Puts a value to use, and checks that what comes of it is finite. */
  void use(Object chosen);

  /** A rule in a dialect. */
  record OfDialect(Dialect dialect, String name) implements Subject {
    @Override
    public String title() {
      return dialect == Dialect.PYTORCH ? name : dialect.title() + "'s " + name;
    }

    @Override
    public SequencedMap<String, Object> defaults() {
      return Dialects.settings(dialect, name);
    }

    @Override
    public Object choose(Map<String, String> changes) {
      return Dialects.choose(dialect, name, changes);
    }

    @Override
    public SequencedMap<String, Object> settings(Object chosen) {
      return settingsOf((Rules.Choice) chosen);
    }

    @Override
    public void use(Object chosen) {
      step((Rules.Choice) chosen);
    }
  }

  /** A rule as Descent has it. */
  record OfRule(String name) implements Subject {
    @Override
    public String title() {
      return name;
    }

    @Override
    public SequencedMap<String, Object> defaults() {
      return Rules.settings(name);
    }

    @Override
    public Object choose(Map<String, String> changes) {
      return Rules.choose(name, changes);
    }

    @Override
    public SequencedMap<String, Object> settings(Object chosen) {
      return settingsOf((Rules.Choice) chosen);
    }

    @Override
    public void use(Object chosen) {
      step((Rules.Choice) chosen);
    }
  }

  /** A schedule. */
  record OfSchedule(String name) implements Subject {
    @Override
    public String title() {
      return name;
    }

    @Override
    public SequencedMap<String, Object> defaults() {
      return Schedules.settings(name, RATE, STEPS);
    }

    @Override
    public Object choose(Map<String, String> changes) {
      Schedule schedule = Schedules.choose(name, RATE, STEPS, changes);
      return schedule instanceof ReduceOnPlateau.Run run ? run.settings() : schedule;
    }

    @Override
    public SequencedMap<String, Object> settings(Object chosen) {
      SequencedMap<String, Object> settings = Settings.of((Record) chosen);
      settings.remove("learningRate");
      return settings;
    }

    @Override
    public void use(Object chosen) {
      Schedule schedule =
          chosen instanceof ReduceOnPlateau plateau ? plateau.start() : (Schedule) chosen;
      for (long t : new long[] {0, 1, 2, STEPS / 2, STEPS, 10 * STEPS, Long.MAX_VALUE}) {
        assertThat(schedule.learningRate(t)).isFinite().isNotNegative();
      }
    }
  }

  private static SequencedMap<String, Object> settingsOf(Rules.Choice choice) {
    SequencedMap<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", choice.learningRate());
    settings.putAll(Settings.of((Record) choice.rule()));
    return settings;
  }

  private static void step(Rules.Choice choice) {
    UpdateRule rule = choice.rule();
    Replay exact = new Replay(rule, 1, -0.5, 0);
    FloatReplay floats = new FloatReplay(rule, 1, -0.5, 0);
    for (double[] gradients : new double[][] {{0, 1e-3, 0}, {-2, 1e-3, 0}, {3, -10, 0}}) {
      exact.step(choice.learningRate(), gradients);
      floats.step(choice.learningRate(), gradients);
      assertFinite(exact.values());
      assertFinite(floats.values());
      for (Slot slot : rule.slots()) {
        assertFinite(exact.state(slot));
        assertFinite(floats.state(slot));
      }
    }
  }

  private static void assertFinite(double... values) {
    assertThat(Arrays.stream(values).boxed()).allMatch(Double::isFinite);
  }
}
