package dev.descent.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void breaksAtSpacesAndIndents() {
    assertThat(Text.wrap("one two three four", 10, "a: ", "   "))
        .containsExactly("a: one two", "   three", "   four");
    assertThat(Text.wrap("one two", 7, "", "")).containsExactly("one two");
    assertThat(Text.wrap("one two", 6, "", "")).containsExactly("one", "two");
  }

  @Test
  void longWordsHaveLinesOfTheirOwn() {
    assertThat(Text.wrap("a incomprehensible b", 5, "- ", "  "))
        .containsExactly("- a", "  incomprehensible", "  b");
    assertThat(Text.wrap("", 5, "- ", "  ")).containsExactly("- ");
  }
}
