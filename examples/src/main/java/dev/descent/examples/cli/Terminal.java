package dev.descent.examples.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the program's output goes to, and what may be shown there. */
public final class Terminal {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");

  private Terminal() {}

  /** Whether a person is watching: a progress bar in a file or a pipe would be noise. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives none where standard input is no terminal
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether standard output can show block characters. */
  public static boolean showsBlocks() {
    return System.out.charset().newEncoder().canEncode('█');
  }

  /**
   * How many characters fit in a line; 80 where nobody can tell. Java does not know, so {@code
   * stty} is asked, which takes some milliseconds.
   */
  public static int columns() {
    if (!isInteractive()) {
      return USUAL_COLUMNS;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL_COLUMNS;
    }
  }

  /** Reads rows and columns; some terminals know neither and say 0. */
  static int columns(String size) {
    Matcher matcher = SIZE.matcher(size);
    int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return columns >= FEWEST_COLUMNS ? columns : USUAL_COLUMNS;
  }
}
