package dev.descent.examples.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * A progress bar in the last line of the terminal. It leaves no trace when it is closed, nor when
 * the user stops the program. One at a time.
 */
public final class Bar implements AutoCloseable {
  private static final int REFRESH_MILLISECONDS = 100;

  /** Room for the {@code ^C} that terminals write, so that it does not reach the next line. */
  private static final int MARGIN = 3;

  private static final AtomicReference<Bar> SHOWN = new AtomicReference<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Bar::eraseShown, "erase the progress bar"));
  }

  private final ProgressBar bar;
  private final int columns = Terminal.columns();

  /**
   * Shows a bar on standard output, which should be a terminal.
   *
   * @param task what is being done, shown before the bar
   * @param total how many steps it takes; negative if that is not known
   * @param message what else there is to say, shown after the bar; asked for ten times a second, by
   *     another thread
   */
  public Bar(String task, long total, Supplier<String> message) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
            .setRenderer(new Line(message, Terminal.showsBlocks()))
            .setConsumer(new LastLine(columns - MARGIN))
            .build();
    SHOWN.set(this);
  }

  /** Tells how many steps are done. */
  public void stepTo(long done) {
    bar.stepTo(done);
  }

  @Override
  public void close() {
    SHOWN.set(null);
    erase();
  }

  private void erase() {
    bar.close();
    // Not left to the library: a bar that is closed before it was first drawn stays there.
    System.out.print("\r" + " ".repeat(columns - 1) + "\r");
    System.out.flush();
  }

  private static void eraseShown() {
    Bar shown = SHOWN.get();
    if (shown != null) {
      shown.erase();
    }
  }

  /**
   * The line: task, bar, percentage, message.
   *
   * @param message gives what stands at the end
   * @param blocks whether block characters can be shown
   */
  record Line(Supplier<String> message, boolean blocks) implements ProgressBarRenderer {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    @Override
    public String render(ProgressState state, int length) {
      return state.isIndefinite()
          ? line(state.getTaskName(), length)
          : line(state.getTaskName(), state.getNormalizedProgress(), length);
    }

    /**
     * The line in exactly so many characters; if that is too few, its end is cut off.
     *
     * @param part how much is done, 0 to 1
     */
    String line(String task, double part, int length) {
      String end = " %3.0f %%  %s".formatted(Math.floor(100 * part), message.get());
      int room = Math.max(1, length - task.length() - end.length() - 3);
      return fitted(task + " |" + bar(part, room) + "|" + end, length);
    }

    /** The line where nobody knows how much there is to do: without bar and percentage. */
    String line(String task, int length) {
      return fitted(task + "  " + message.get(), length);
    }

    private static String fitted(String line, int length) {
      return (line + " ".repeat(Math.max(0, length - line.length()))).substring(0, length);
    }

    private String bar(double part, int room) {
      int eighths = (int) (8 * room * part);
      StringBuilder bar = new StringBuilder((blocks ? "█" : "#").repeat(eighths / 8));
      if (bar.length() < room) {
        bar.append(blocks ? EIGHTHS.charAt(eighths % 8) : ' ');
      }
      return bar.append(" ".repeat(room - bar.length())).toString();
    }
  }

  /** The library's own would ask the system for the terminal's width ten times a second. */
  private record LastLine(int getMaxRenderedLength) implements ProgressBarConsumer {
    @Override
    public void accept(String line) {
      System.out.print("\r" + line);
      System.out.flush();
    }

    @Override
    public void close() {}
  }
}
