package dev.descent.examples.cli;

import java.io.PrintWriter;

/** Standard output that takes no more: the reader has gone, or the disk is full. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OutputException() {
    super("standard output takes no more: its reader has gone, or the disk is full");
  }

  /**
   * Notices what a PrintWriter keeps to itself, so that nobody trains for nothing.
   *
   * @throws OutputException if something could not be written
   */
  public static void check(PrintWriter out) {
    if (out.checkError()) {
      throw new OutputException();
    }
  }
}
