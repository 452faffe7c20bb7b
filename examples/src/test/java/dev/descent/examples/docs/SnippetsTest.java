package dev.descent.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows compiles and runs. {@link Page} says how a page is written. */
class SnippetsTest {
  private static final Path ROOT = Path.of("..");

  @TempDir Path folder;

  @TestFactory
  List<DynamicNode> run() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
          .filter(path -> path.toString().endsWith(".md"))
          .map(this::tests)
          .toList();
    }
  }

  private DynamicNode tests(Path path) {
    try {
      Page page = Page.read(path);
      return dynamicContainer(
          path.getFileName().toString(),
          page.snippets().stream()
              .map(snippet -> dynamicTest(snippet.name(), () -> snippet.run(folder))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- the test itself

  @Test
  void whatIsGivenHoldsUntilSomethingElseIs() {
    Page page =
        page(
            """
            <!-- given
            int number = 1;
            -->
            ```java
            if (number != 1) throw new AssertionError();
            ```
            ```java
            String number = "shadowed";
            ```
            <!-- given
            int number() { return 2; }
            -->
            ```java
            import java.util.concurrent.Callable;

            Callable<Integer> call = this::number;
            if (call.call() != 2) throw new AssertionError();
            ```
            """);

    assertThat(page.snippets()).hasSize(3);
    page.snippets().forEach(this::run);
  }

  @Test
  void declaredTypesAreKnownBelow() {
    Page page =
        page(
            """
            ```java
            import java.io.Serializable;

            /** A comment
             * of two lines. */
            public record Pair(int left, int right) implements Serializable {}
            ```
            ```java
            if (new Pair(1, 2).right() != 2) throw new AssertionError();
            ```
            ```json
            {}
            ```
            """);

    assertThat(page.snippets()).hasSize(2);
    page.snippets().forEach(this::run);
  }

  @Test
  void namesTheLineThatDoesNotCompile() {
    assertProblem(
        """
        A page.

        ```java
        int one = 1;
        int two = "two";
        ```
        """,
        "page.md:4 does not compile: line 5: incompatible types: java.lang.String cannot be"
            + " converted to int");
    assertProblem(
        """
        <!-- given
        Unknown given;
        -->
        ```java
        int one = 1;
        ```
        """,
        "page.md:5 does not compile: line 2: cannot find symbol");
  }

  @Test
  void reportsWhatASnippetThrows() {
    assertProblem(
        """
        ```java
        throw new IllegalStateException("as it should");
        ```
        """,
        "as it should");
    assertProblem(
        """
        <!-- given
        int length = Files.readString(Path.of("no such file")).length();
        -->
        ```java
        int twice = 2 * length;
        ```
        """,
        "no such file");
  }

  @Test
  void refusesWhatIsNotClosed() {
    assertThatThrownBy(() -> page("```java\nint one = 1;\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("page.md:1: nothing closes this with ```");
  }

  private static Page page(String text) {
    return Page.of(Path.of("page.md"), text.lines().toList());
  }

  private void assertProblem(String text, String message) {
    assertThatThrownBy(() -> page(text).snippets().getFirst().run(folder))
        .hasMessageContaining(message);
  }

  private void run(Snippet snippet) {
    try {
      snippet.run(folder);
    } catch (Throwable e) {
      throw new AssertionError(snippet.name(), e);
    }
  }
}
