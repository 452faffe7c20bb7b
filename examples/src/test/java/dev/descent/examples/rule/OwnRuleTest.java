package dev.descent.examples.rule;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What {@code docs/test-your-own-rule.md} promises: the laws, as somebody else uses them. */
class OwnRuleTest {
  private static final Path PAGE = Path.of("../docs/test-your-own-rule.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/descent/examples/rule");

  @Test
  void theRuleObeysAllLaws() {
    Events tried = tryLaws(SignumTest.class);
    assertThat(tried.succeeded().count()).isGreaterThanOrEqualTo(12);
    assertThat(names(tried.failed())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void mistakesAreNoticed(Mistake mistake) {
    assertThat(names(tryLaws(mistake.laws()).failed())).contains(mistake.law());
  }

  private static Events tryLaws(Class<?> laws) {
    return EngineTestKit.engine("jqwik")
        .selectors(selectClass(laws))
        .configurationParameter("jqwik.database", "target/jqwik-database-of-mistakes")
        // Laws are meant to fail here: their reports go to the test kit, not to the console.
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .configurationParameter("jqwik.shrinking.default", "OFF")
        .execute()
        .testEvents();
  }

  private static List<String> names(Events events) {
    return events.map(OwnRuleTest::name).toList();
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName();
  }

  /** A snippet that is a file of this folder cannot rot. */
  @Test
  void thePageShowsTheseFiles() throws IOException {
    List<String> shown =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(snippet -> snippet.group(1))
            .toList();
    assertThat(shown).containsExactly(source("Signum"), source("SignumTest"));
  }

  private static String source(String type) throws IOException {
    String source = Files.readString(SOURCES.resolve(type + ".java"));
    return source.substring(source.indexOf("import"));
  }

  @Test
  void thePageListsTheseMistakes() throws IOException {
    String table =
        Arrays.stream(Mistake.values())
            .map(mistake -> "| %s | `%s` |\n".formatted(mistake.description(), mistake.law()))
            .collect(joining());
    assertThat(Files.readString(PAGE)).contains("|---|---|\n" + table + "\n");
  }

  @Test
  void thePageNamesTheVersionsOfTheBuild() throws IOException {
    String build = Files.readString(Path.of("../pom.xml"));
    for (MatchResult library :
        Pattern.compile("<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(PAGE))
            .results()
            .toList()) {
      String property = library.group(1).replaceFirst("-core$", "") + ".version";
      assertThat(build)
          .containsAnyOf(
              "<%s>%s</%1$s>".formatted(property, library.group(2)),
              "<artifactId>descent</artifactId>\n  <version>%s<".formatted(library.group(2)));
    }
  }
}
