package dev.descent.optim.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.Schedules;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule, dialect and schedule against the database of configurations in {@code rules.txt} and
 * {@code schedules.txt}: what is valid works, what is not is refused with one clear line.
 */
class ConfigurationsTest {
  private static final List<Entry> RULES =
      Entry.read("rules.txt", List.of("PYTORCH", "PAPER", "KERAS", "OPTAX", "TENSORFLOW1"));

  private static final String SCHEDULE = "defaults";
  private static final List<Entry> SCHEDULES = Entry.read("schedules.txt", List.of(SCHEDULE));

  /** Something to choose, with the part of the database that is about it. */
  private record Trial(Subject subject, Entry entry, String variant) {}

  private static Stream<Trial> trials() {
    Stream<Trial> rules =
        RULES.stream().map(entry -> new Trial(new Subject.OfRule(entry.name()), entry, "PYTORCH"));
    Stream<Trial> dialects =
        RULES.stream()
            .flatMap(entry ->
                entry.defaults().keySet().stream()
                    .map(dialect ->
                        new Trial(
                            new Subject.OfDialect(Dialect.valueOf(dialect), entry.name()),
                            entry,
                            dialect)));
    Stream<Trial> schedules =
        SCHEDULES.stream()
            .map(entry -> new Trial(new Subject.OfSchedule(entry.name()), entry, SCHEDULE));
    return Stream.of(rules, dialects, schedules).flatMap(all -> all);
  }

  @Test
  void nothingIsMissing() {
    assertThat(RULES).extracting(Entry::name).containsExactlyElementsOf(Rules.names());
    assertThat(SCHEDULES).extracting(Entry::name).containsExactlyElementsOf(Schedules.names());
    for (Entry entry : RULES) {
      assertThat(entry.defaults().keySet())
          .as("dialects of %s", entry.name())
          .containsExactlyElementsOf(
              Dialects.of(entry.name()).keySet().stream().map(Dialect::name).toList());
    }
    trials()
        .filter(trial -> !trial.entry.name().equals("piecewise"))
        .forEach(trial ->
            assertThat(trial.entry.requirements(trial.variant))
                .as("requirements of %s", trial.subject)
                .extracting(Requirement::setting)
                .containsExactlyElementsOf(trial.subject.defaults().keySet()));
  }

  /**
   * One test for each thing to choose: thousands of small ones take longer to report than to run.
   */
  private static Stream<DynamicTest> forEach(Consumer<Trial> test) {
    return trials().map(trial -> dynamicTest(trial.subject.toString(), () -> test.accept(trial)));
  }

  @TestFactory
  Stream<DynamicTest> defaultsAreAsDocumented() {
    return forEach(trial -> {
      Map<String, String> documented = trial.entry.defaultsOf(trial.variant);
      assertThat(texts(trial.subject.defaults()))
          .isEqualTo(documented)
          .hasToString(documented.toString());
      assertWorks(trial.subject, Map.of());
    });
  }

  @TestFactory
  Stream<DynamicTest> validConfigurationsWork() {
    return forEach(
        trial -> validOnes(trial).forEach(settings -> assertWorks(trial.subject, settings)));
  }

  private static Stream<Map<String, String>> validOnes(Trial trial) {
    return Stream.concat(
        trial.entry.requirements(trial.variant).stream()
            .flatMap(requirement ->
                requirement.valid().stream().map(value -> Map.of(requirement.setting(), value))),
        trial.entry.valid().stream()
            .filter(valid -> valid.variant().equals(trial.variant))
            .map(Entry.Valid::settings));
  }

  /** It is what was asked for, prints it, can be made again from it, and does something finite. */
  private static void assertWorks(Subject subject, Map<String, String> changes) {
    Object chosen = subject.choose(changes);
    SequencedMap<String, String> expected = texts(subject.defaults());
    expected.putAll(changes);
    SequencedMap<String, String> settings = texts(subject.settings(chosen));
    assertThat(settings).isEqualTo(expected);
    subject
        .settings(chosen)
        .forEach((name, value) -> assertThat(chosen.toString()).contains(name + "=" + value));

    assertThat(subject.choose(settings)).isEqualTo(chosen).hasSameHashCodeAs(chosen);
    boolean changed = !expected.equals(texts(subject.defaults()));
    assertThat(subject.choose(Map.of()).equals(chosen)).isEqualTo(!changed);
    subject.use(chosen);
  }

  @TestFactory
  Stream<DynamicTest> invalidConfigurationsAreRefused() {
    return forEach(trial ->
        invalidOnes(trial)
            .forEach(invalid ->
                assertThatIllegalArgumentException()
                    .as("%s %s", trial.subject, invalid.settings())
                    .isThrownBy(() -> trial.subject.choose(invalid.settings()))
                    .withMessage(invalid.message())));
  }

  /** The learning rate comes with the rule, so it is no setting of a schedule, but checked too. */
  @TestFactory
  Stream<DynamicTest> schedulesCheckTheirLearningRate() {
    Requirement rate = Requirement.of("learningRate", "a finite number >= 0");
    return trials()
        .filter(trial -> trial.subject instanceof Subject.OfSchedule)
        .map(trial -> (Record) trial.subject.choose(Map.of()))
        .filter(schedule -> Settings.of(schedule).containsKey(rate.setting()))
        .map(schedule ->
            dynamicTest(
                schedule.toString(),
                () ->
                    rate.invalid()
                        .forEach((value, message) ->
                            assertThatIllegalArgumentException()
                                .isThrownBy(
                                    () -> Settings.with(schedule, Map.of(rate.setting(), value)))
                                .withMessage(message))));
  }

  private static Stream<Entry.Invalid> invalidOnes(Trial trial) {
    return Stream.concat(
        trial.entry.requirements(trial.variant).stream()
            .flatMap(requirement ->
                requirement.invalid().entrySet().stream()
                    .map(one ->
                        new Entry.Invalid(
                            trial.variant,
                            Map.of(requirement.setting(), one.getKey()),
                            one.getValue()))),
        trial.entry.invalid().stream().filter(invalid -> invalid.variant().equals(trial.variant)));
  }

  @TestFactory
  Stream<DynamicTest> misspeltSettingsNameTheNearest() {
    return forEach(trial ->
        trial.subject.defaults().keySet().forEach(setting -> assertNamed(trial.subject, setting)));
  }

  private static void assertNamed(Subject subject, String setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> subject.choose(Map.of(setting + "x", "1")))
        .withMessage(
            "%s has no setting %sx; did you mean %2$s? Its settings are %s"
                .formatted(
                    subject.title(), setting, String.join(", ", subject.defaults().keySet())));
  }

  @Test
  void misspeltNamesNameTheNearest() {
    Rules.names().forEach(ConfigurationsTest::assertRuleNamed);
    Schedules.names().forEach(ConfigurationsTest::assertScheduleNamed);
    Arrays.asList(Dialect.values()).forEach(ConfigurationsTest::assertDialectNamed);
  }

  private static void assertRuleNamed(String name) {
    String message =
        "there is no update rule %sx; did you mean %1$s? The rules are %s"
            .formatted(name, String.join(", ", Rules.names()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose(name + "x", Map.of()))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dialects.choose(Dialect.KERAS, name + "x", Map.of()))
        .withMessage(message);
  }

  private static void assertScheduleNamed(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.choose(name + "x", 1, 1, Map.of()))
        .withMessage(
            "there is no schedule %sx; did you mean %1$s? The schedules are %s"
                .formatted(name, String.join(", ", Schedules.names())));
  }

  private static void assertDialectNamed(Dialect dialect) {
    assertThat(Dialect.of(dialect.name())).isEqualTo(dialect);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dialect.of(dialect + "X"))
        .withMessage(
            "there is no dialect %sX; did you mean %1$s? The dialects are PAPER, PYTORCH, KERAS,"
                    .formatted(dialect)
                + " OPTAX, TENSORFLOW1");
  }

  /** Settings as somebody would type them. */
  private static SequencedMap<String, String> texts(Map<String, Object> settings) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> texts.put(name, value.toString().replaceAll("[\\[\\] ]", "")));
    return texts;
  }
}
