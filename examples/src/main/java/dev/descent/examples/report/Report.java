package dev.descent.examples.report;

import dev.descent.examples.cli.OutputException;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * How a run is told. Rows and the result are for people and for programs; the rest helps people and
 * is nothing to programs.
 *
 * <p>What is written to an output whose reader has gone ends the run with an {@link
 * OutputException}.
 */
public interface Report extends AutoCloseable {
  /** A report for programs, in JSON lines, or for people. */
  static Report to(PrintWriter out, boolean json) {
    return json ? new JsonReport(out) : new TerminalReport(out);
  }

  /** Something to know before the run: a title and a text of any length. */
  default void about(String title, String text) {}

  /** A line of its own. */
  default void line(String text) {}

  /** A row of a table, such as an epoch; rows with the same names stand under one header. */
  void row(Field... fields);

  /**
   * How far the run is, shown only where a person is watching.
   *
   * @param task what is being done: {@code epoch 2/5}
   * @param done how many of the total
   * @param total when it is finished
   * @param message what else there is to say; asked for now and then, by another thread
   */
  default void progress(String task, long done, long total, Supplier<String> message) {}

  /** What the run came to; the last that is told. */
  void result(Field... fields);

  /** Leaves no progress on the screen. */
  @Override
  default void close() {}
}
