package dev.descent.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.nn.Hostile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
  @TempDir Path folder;

  private static CsvTable read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private static CsvTable read(byte... file) {
    return CsvTable.read("file", new ByteArrayInputStream(file));
  }

  @Test
  void readsExamplesWithLabels() {
    Dataset dataset =
        read("""
        length,species,width
        5.1,setosa,-.5
        7,virginica,1e-1
        4.9,setosa,+3

        6,"versicolor", 2
        """)
            .dataset("species");
    assertThat(dataset.inputs().shape()).isEqualTo(Shape.of(4, 2));
    assertThat(dataset.inputs().toArray()).containsExactly(5.1f, -0.5f, 7, 0.1f, 4.9f, 3, 6, 2);
    assertThat(dataset.labels().toArray()).containsExactly(0, 2, 0, 1);
    assertThat(dataset.classes()).isEqualTo(3);
  }

  /** Commas, quotes and line ends in quotes; CR LF; a byte order mark; no line end at the end. */
  @Test
  void readsQuotes() {
    CsvTable table =
        read("\ufeff\"a, b\",c\r\n\"x\"\"y\",\"two\nlines\"\r\n\"\",\u00e9\n1,\r\n,\"last\"");
    assertThat(table.columns()).containsExactly("a, b", "c");
    assertThat(table.texts("a, b")).containsExactly("x\"y", "", "1", "");
    assertThat(table.texts("c")).containsExactly("two\nlines", "\u00e9", "", "last");
    assertThat(table).hasToString("4 rows of [a, b, c] from file");
  }

  @Test
  void leavesOutIncompleteRowsWhereThatIsAskedFor() {
    CsvTable table = read("a,b,c\n1,2,x\n,3,y\n4, ,x\n5,6,z\n");
    assertThat(table.size()).isEqualTo(4);
    assertThat(table.withoutIncompleteRows().numbers(List.of("b", "a")).toArray())
        .containsExactly(2, 1, 6, 5);
    assertThat(table.withoutIncompleteRows().classes("c")).containsExactly("x", "z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                 | is empty; expected a line with the names of the columns
          a,,c               | line 1: a column's name is missing; expected names, each once
          a,b,a              | line 1: a column's name is a, again; expected names, each once
          a,b;1,2;3          | line 3: 1 cells; expected 2, as the first line has
          a,b;;1,2,3         | line 3: 3 cells; expected 2, as the first line has
          a,b;1,"2           | line 2, cell 2: has no closing quote; expected one before the end of the file
          a,b;1,x"y"         | line 2, cell 2: has a quote in its midst; expected quotes around the whole cell
          a,b;"1" ,2         | line 2, cell 1: goes on after its quotes; expected a comma or the end of the line
          a,b;"1;2",x"       | line 3, cell 2: has a quote in its midst; expected quotes around the whole cell
          b;1                | has no column a; expected one of [b]
          a,b                | 0 rows and 1 columns beside a; expected at least one of each
          a;x                | 1 rows and 0 columns beside a; expected at least one of each
          a,b;x,1;x,         | line 3, column b is missing; expected a value; withoutIncompleteRows() leaves such rows out
          a,b;x,1;,2         | line 3, column a is missing; expected a value; withoutIncompleteRows() leaves such rows out
          a,b;x,1;x,NaN      | line 3, column b is NaN; expected a finite number
          a,b;x,0x1p3        | line 2, column b is 0x1p3; expected a finite number
          a,b;x,1e99         | line 2, column b is 1e99; expected a finite number
          a,b;x,1f           | line 2, column b is 1f; expected a finite number
          a,b;x,1-2          | line 2, column b is 1-2; expected a finite number
          """)
  void saysWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')).dataset("a"))
        .isInstanceOf(DataException.class)
        .hasMessage("file: " + problem);
  }

  @Test
  void aFileIsThereAndUtf8() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> CsvTable.read(missing))
        .hasMessage(missing + ": no such file; expected a CSV file");
    Path file = Files.write(folder.resolve("bytes.csv"), new byte[] {'a', (byte) 0xe9});
    assertThatThrownBy(() -> CsvTable.read(file))
        .hasMessage(file + ": is no UTF-8; expected a CSV file in it");
  }

  @Test
  void copesWithDamage() {
    byte[] file = "a,b,c\r\n1,\"2,\"\"\",x\n3,4,\"y\nz\"\n5,,x\n6.5e-1,7,y\n".getBytes(UTF_8);
    List<String> words = List.of("\"", ",", "\n", "\r", "\r\n", "\"\"", "1e9", "-", "\u00ff", " ");
    RandomStream random = RandomStream.of(1, "damage");
    int good = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Hostile.damaged(file, words, random);
      good += Hostile.isGood(damaged, Hostile.PLAIN, CsvTableTest::use) ? 1 : 0;
    }
    assertThat(good).isBetween(20, 19_000);
  }

  private static void use(byte[] file) {
    CsvTable table = read(file).withoutIncompleteRows();
    table.numbers(List.of("a"));
    table.dataset("c");
  }
}
