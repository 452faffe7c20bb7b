package dev.descent.examples.report;

import dev.descent.examples.cli.Bar;
import dev.descent.examples.cli.OutputException;
import dev.descent.examples.cli.Terminal;
import dev.descent.examples.cli.Text;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run for people: what it is, a progress bar, tables, and what came out. */
final class TerminalReport implements Report {
  private static final String GAP = "  ";
  private static final int ABOUT_TITLE = 11;

  private final PrintWriter out;
  private final boolean interactive = Terminal.isInteractive();
  private List<String> header = List.of();
  private int[] widths = {};
  private @Nullable Bar bar;
  private String barTask = "";
  private boolean written;

  TerminalReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void about(String title, String text) {
    String start = title + " ".repeat(Math.max(1, ABOUT_TITLE - title.length()));
    print(Text.wrap(text, Terminal.columns(), start, " ".repeat(start.length())));
  }

  @Override
  public void line(String text) {
    print(List.of(text));
    header = List.of();
  }

  @Override
  public void row(Field... fields) {
    List<String> titles = Arrays.stream(fields).map(Field::title).toList();
    if (!titles.equals(header)) {
      widths =
          Arrays.stream(fields)
              .mapToInt(field -> Math.max(field.title().length(), field.text().length()))
              .toArray();
      if (written) {
        print(List.of(""));
      }
      print(List.of(aligned(titles, fields)));
      header = titles;
    }
    print(List.of(aligned(Arrays.stream(fields).map(Field::text).toList(), fields)));
  }

  /** Numbers to the right, words to the left; columns as wide as the first row asks for. */
  private String aligned(List<String> cells, Field... fields) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String side = fields[i].value() instanceof String ? "-" : "";
      line.append(i == 0 ? "" : GAP).append(("%" + side + widths[i] + "s").formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void progress(String task, long done, long total, Supplier<String> message) {
    if (!interactive) {
      return;
    }
    if (bar == null || !barTask.equals(task)) {
      close();
      bar = new Bar(task, total, message);
      barTask = task;
    }
    bar.stepTo(done);
  }

  @Override
  public void result(Field... fields) {
    int width = Arrays.stream(fields).mapToInt(field -> field.title().length()).max().orElse(0);
    if (written) {
      print(List.of(""));
    }
    int columns = Terminal.columns();
    for (Field field : fields) {
      String aligned = ("%-" + width + "s%s%s").formatted(field.title(), GAP, field.text());
      boolean fits = aligned.length() <= columns; // a fingerprint is long
      print(List.of(fits ? aligned : field.title() + GAP + field.text()));
    }
  }

  private void print(List<String> lines) {
    close();
    lines.forEach(out::println);
    written = true;
    OutputException.check(out);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
