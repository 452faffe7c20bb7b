package dev.descent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shell offers, asked as bash asks. */
class CompletionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "descent lin, linear",
    "descent mnist --lear, ''",
    "descent mnist --mod, --model",
    "descent mnist --model '', mlp cnn lstm",
    "descent mnist --init '', pytorch he glorot",
    "descent mnist --schedule lin, linear-warmup",
    "descent linear --optimizer '', RULES",
  })
  void offers(String line, String words) throws Exception {
    String expected = words.equals("RULES") ? String.join(" ", Rules.names()) : words;

    assertThat(offered(line)).isEqualTo(expected);
  }

  private String offered(String line) throws IOException, InterruptedException {
    Run run = Run.of("generate-completion");
    assertThat(run.exitCode()).isZero();
    Path script = folder.resolve("completion");
    Files.writeString(
        script,
        run.out()
            + """
            compopt() { :; } # which works in a real completion alone
            COMP_WORDS=(%s)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}
            _complete_descent
            echo "${COMPREPLY[*]}"
            """
                .formatted(line));
    Process bash = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).describedAs(out).isZero();
    return out.strip().replaceAll("\\s+", " ");
  }
}
