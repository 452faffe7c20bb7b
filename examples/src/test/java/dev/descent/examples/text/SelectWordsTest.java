package dev.descent.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectWordsTest {
  @TempDir Path cldr;
  @TempDir Path selected;

  @Test
  void takesTheWordsThatOneLanguageAloneHas() throws IOException {
    for (String code : List.of("en", "fi", "fr", "it", "pl", "pt", "es", "sv")) {
      write(code, "x");
    }
    write(
        "de", "großes Gesicht", "Pizza", "zu", "Gesicht", "T-Shirt 25", "donaudampfschiffkapitan");
    write("nl", "pizza", "gezicht");

    SelectWords.select(cldr, selected);

    assertThat(Files.readString(selected.resolve("German.txt")))
        .isEqualTo("gesicht\ngrosses\nshirt\n");
    assertThat(Files.readString(selected.resolve("Dutch.txt"))).isEqualTo("gezicht\n");
  }

  private void write(String code, String name, String... keywords) throws IOException {
    Path folder = Files.createDirectories(cldr.resolve("annotations").resolve(code));
    Files.writeString(
        folder.resolve("annotations.json"),
        """
        {"annotations": {"identity": {"version": "48"}, "annotations": {
          "!": {"default": ["%s"], "tts": ["%s"]}, "?": {"tts": ["%s"]}}}}
        """
            .formatted(String.join("\", \"", keywords), name, name));
  }
}
