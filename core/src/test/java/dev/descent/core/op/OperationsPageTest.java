package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} has a row for each operation there is, and for no other. */
class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operations.md");

  /** A name, a formula, a derivative, and a last cell that may be empty. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| \\S.* \\| \\S.* \\|.*\\|$", Pattern.MULTILINE);

  @Test
  void hasARowForEachOperation() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            OperationProperties.operations().stream().map(Class::getSimpleName).toList());
  }
}
