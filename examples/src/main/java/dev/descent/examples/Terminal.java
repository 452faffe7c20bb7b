package dev.descent.examples;

import java.io.Console;
import java.nio.charset.CharsetEncoder;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What the program's output goes to, and what may be shown there. */
public final class Terminal {
  private static final Duration REFRESH = Duration.ofMillis(100);
  private static final int WIDTH = 100;

  private Terminal() {}

  /** Whether a person is watching: a progress bar in a file or a pipe would be noise. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives none where standard input is no terminal
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether standard output can show block characters. */
  public static boolean showsBlocks() {
    CharsetEncoder encoder = System.out.charset().newEncoder();
    return encoder.canEncode('█');
  }

  /**
   * A progress bar on standard error that disappears when it is closed.
   *
   * @param task what is being done
   * @param total how many units it takes
   * @param unit what is counted, such as " images"
   */
  public static ProgressBar progressBar(String task, long total, String unit) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(unit, 1)
        .setStyle(showsBlocks() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis((int) REFRESH.toMillis())
        .setMaxRenderedLength(WIDTH)
        .clearDisplayOnFinish()
        .hideEta()
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }
}
