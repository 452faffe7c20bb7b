package dev.descent.examples.charlm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded novel is what its README says, and windows show it as it is. */
class NovelTest {
  @Test
  void unpacksToTheBoundText() throws Exception {
    String text = Novel.read("/dev/descent/examples/novel/moby-dick.txt.gz");

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("1d96e7e3e685534e2d60c39b8a4facc46fbc50cfb929ed4bd8ea9b70e820faae");
    assertThat(text).startsWith("CHAPTER 1. Loomings.\n\nCall me Ishmael. ");
    assertThat(text).endsWith("only found another orphan.\n");
  }

  @Test
  void isSplitBeforeItsLastTenth() {
    Novel novel = Novel.load();

    assertThat(novel.training()).hasSize(1_072_044);
    assertThat(novel.test()).hasSize(119_116);
    assertThat(novel.alphabet()).hasSize(81).startsWith("\n !\"$&'()*,-.0").endsWith("xyz—");
  }

  @Test
  void numbersCharactersByTheAlphabet() {
    Novel novel = Novel.of("cabba", 3);

    assertThat(novel.alphabet()).isEqualTo("abc");
    assertThat(novel.training()).containsExactly(2, 0, 1);
    assertThat(novel.test()).containsExactly(1, 0);
    assertThat(novel.numbers("bad")).containsExactly(1, 0, -1);
  }

  @Test
  void aWindowShowsCharactersAndForEachTheNext() {
    Batch<Indices> windows = Windows.cut(new int[] {5, 6, 7, 8, 9}, 3, 0, 1);

    assertThat(windows.inputs().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(windows.inputs().toArray()).containsExactly(5, 6, 7, 6, 7, 8);
    assertThat(windows.targets().toArray()).containsExactly(6, 7, 8, 7, 8, 9);
  }

  @Test
  void isBoundOfChaptersAndTheEpilogue(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("chapter_1.txt"), "CHAPTER 1. One.\n\nA.\n\n");
    Files.writeString(folder.resolve("chapter_2.txt"), "CHAPTER 2. Two.\n\nB.");
    Files.writeString(folder.resolve("epilogue.txt"), "\nEpilogue\n");

    assertThat(BindNovel.bind(folder, 2))
        .isEqualTo("CHAPTER 1. One.\n\nA.\n\nCHAPTER 2. Two.\n\nB.\n\nEpilogue\n");
  }

  @Test
  void namesAMissingResource() {
    assertThatThrownBy(() -> Novel.read("/none.gz"))
        .isInstanceOf(DataException.class)
        .hasMessage("/none.gz: no such resource; expected an embedded text");
  }
}
