package dev.descent.optim.study;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.rule.Rules;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/laws.md}: the tests that it names exist, and the rules are those that
 * the tests try. To write the rules again: {@code mvn test -pl optim -am -Dtest=LawsPageTest
 * -Dsurefire.failIfNoSpecifiedTests=false -DtestArgs=-Ddescent.writePages=true}.
 */
class LawsPageTest {
  private static final Path PAGE = Path.of("../docs/laws.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final List<String> PACKAGES =
      List.of("law", "rule", "dialect", "schedule", "stage", "transform", "study", "setting");

  /** More exceptions than these, and the rules are listed instead. */
  private static final int EXCEPTIONS = 9;

  @Test
  void thePageNamesTheRulesThatTheTestsTry() throws IOException {
    String page = Files.readString(PAGE);
    String expected =
        page.lines()
            .map(line -> isLaw(line) ? withRules(line) : line)
            .collect(joining("\n", "", "\n"));
    if (Boolean.getBoolean("descent.writePages")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  /** A law that a comment cites by its number can be looked up. */
  @Test
  void everyNumberIsExplained() throws IOException {
    Set<String> explained =
        Files.readString(PAGE)
            .lines()
            .filter(LawsPageTest::isLaw)
            .map(line -> line.split(" ", -1)[1])
            .collect(toCollection(LinkedHashSet::new));
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        assertThat(explained)
            .as("%s", file)
            .containsAll(
                Pattern.compile("\\bL[1-9]\\d?\\b")
                    .matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .toList());
      }
    }
  }

  private static boolean isLaw(String line) {
    return line.matches("\\| L\\d+ \\|.*");
  }

  private static String withRules(String line) {
    String[] cells = line.split(" \\| ", -1);
    assertThat(cells).as(line).hasSize(4);
    Set<String> rules = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    for (MatchResult test :
        Pattern.compile("`(\\w+)\\.(\\w+)`").matcher(cells[3]).results().toList()) {
      Class<?> type = find(test.group(1));
      assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
          .as("the tests of %s", type)
          .contains(test.group(2));
      List<String> tried = rulesOf(type);
      rules.addAll(tried);
      if (tried.isEmpty()) {
        others.add(
            Map.of("dialect", "dialects", "schedule", "schedules")
                .getOrDefault(type.getPackageName().replaceAll(".*\\.", ""), "optimizer"));
      }
    }
    String all =
        Stream.concat(Stream.of(inWords(rules)), others.stream())
            .filter(part -> !part.isEmpty())
            .collect(joining("; "));
    return String.join(" | ", cells[0], cells[1], all, cells[3]);
  }

  private static String inWords(Set<String> rules) {
    List<String> all = Rules.names().stream().map(LawsPageTest::simpleName).toList();
    List<String> exceptions = all.stream().filter(rule -> !rules.contains(rule)).toList();
    if (exceptions.isEmpty()) {
      return "all";
    }
    return exceptions.size() <= EXCEPTIONS
        ? "all but " + String.join(", ", exceptions)
        : all.stream().filter(rules::contains).collect(joining(", "));
  }

  /** The rules that a test class or contract tries. */
  private static List<String> rulesOf(Class<?> tests) {
    return Rules.names().stream()
        .map(LawsPageTest::simpleName)
        .filter(rule -> tests.isAssignableFrom(find(rule + "Properties")))
        .toList();
  }

  private static String simpleName(String rule) {
    return Rules.choose(rule, Map.of()).rule().getClass().getSimpleName();
  }

  private static Class<?> find(String type) {
    return Stream.concat(PACKAGES.stream().map(each -> each + "."), Stream.of(""))
        .map(each -> load("dev.descent.optim." + each + type))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no test class " + type));
  }

  private static @Nullable Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
