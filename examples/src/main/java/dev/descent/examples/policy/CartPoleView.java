package dev.descent.examples.policy;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a cart with its pole in characters, to scale. */
final class CartPoleView {
  private static final int COLUMNS = 73;
  private static final double COLUMNS_PER_METRE = (COLUMNS - 1) / (2 * CartPole.TRACK);

  /** Characters are about twice as high as they are wide. */
  private static final double ROWS_PER_METRE = COLUMNS_PER_METRE / 2;

  private static final int ROWS = (int) Math.ceil(CartPole.POLE * ROWS_PER_METRE);
  private static final String CART = "[====]";

  /** From this angle on a line that leans looks more like the pole than an upright one. */
  private static final double LEANING = Math.toRadians(3);

  private CartPoleView() {}

  /** The lines of a picture, from the top of the pole to the track. */
  static List<String> draw(CartPole state) {
    List<String> lines = new ArrayList<>();
    char pole = Math.abs(state.angle()) < LEANING ? '|' : state.angle() > 0 ? '/' : '\\';
    for (int row = ROWS; row >= 1; row--) {
      double height = (row - 0.5) / ROWS_PER_METRE;
      double lean = height * StrictMath.tan(state.angle());
      lines.add(at(state.position() + lean, String.valueOf(pole)));
    }
    lines.add(at(state.position(), CART));
    lines.add("-".repeat(COLUMNS));
    return lines;
  }

  /** A line with something around a place on the track; what sticks out is cut off. */
  private static String at(double metres, String text) {
    char[] line = new char[COLUMNS];
    Arrays.fill(line, ' ');
    int from = (int) Math.rint((metres + CartPole.TRACK) * COLUMNS_PER_METRE) - text.length() / 2;
    for (int i = 0; i < text.length(); i++) {
      if (from + i >= 0 && from + i < COLUMNS) {
        line[from + i] = text.charAt(i);
      }
    }
    return new String(line).stripTrailing();
  }

  /** Shows the states one after the other in the same place of a terminal, as fast as they were. */
  static void animate(PrintWriter out, List<CartPole> states) {
    String toTop = "\033[%dA".formatted(ROWS + 2);
    String clearLine = "\033[K";
    boolean first = true;
    for (CartPole state : states) {
      StringBuilder frame = new StringBuilder(first ? "" : toTop);
      draw(state).forEach(line -> frame.append(line).append(clearLine).append("%n".formatted()));
      out.print(frame);
      out.flush();
      first = false;
      try {
        Thread.sleep((long) (1000 * CartPole.TIME_STEP));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
