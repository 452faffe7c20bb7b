package dev.descent.examples.explain;

import static dev.descent.examples.cli.Numbers.fiveDigits;
import static dev.descent.examples.cli.Numbers.shortly;

import dev.descent.examples.cli.Text;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.setting.Settings;
import dev.descent.optim.study.Description;
import dev.descent.optim.study.Description.Paragraph;
import dev.descent.optim.study.DialectDifference;
import dev.descent.optim.study.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule in words and numbers: the text is that of its Javadoc. */
final class Explanation {
  private static final String INDENT = "  ";
  private static final int CELL = 11;

  private final Dialect dialect;
  private final Rules.Choice choice;
  private final UpdateRule formula;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  Explanation(Dialect dialect, Rules.Choice choice, int columns) {
    this.dialect = dialect;
    this.choice = choice;
    this.columns = columns;
    // The rule without what a weight decay is wrapped around it.
    formula = Objects.requireNonNull(Dialects.of(choice.name()).get(dialect)).rule();
  }

  /**
   * The whole text.
   *
   * @param gradients the gradient of each step to show
   */
  List<String> lines(double... gradients) {
    Description description = Description.of(((Record) formula).getClass());
    if (description != null) {
      lines.addAll(Text.wrap(description.summary(), columns, "", ""));
      title("Formula");
      description.formula().forEach(this::formula);
      for (Paragraph paragraph : description.paragraphs()) {
        paragraph(paragraph);
      }
    }
    settings(description);
    state();
    libraries();
    title(
        "First steps of "
            + (dialect == Dialect.PYTORCH ? "" : dialect.title() + "'s ")
            + choice.name()
            + ", learning rate "
            + shortly(choice.learningRate()));
    steps(gradients);
    return lines;
  }

  private void title(String text) {
    lines.add("");
    lines.add(text);
  }

  /** A line as it is, if it fits; otherwise with less room between its parts, or in two. */
  private void formula(String line) {
    String fitting = INDENT + line;
    if (fitting.length() > columns) {
      fitting = INDENT + line.strip().replaceAll(" {2,}", "  ");
    }
    if (fitting.length() <= columns) {
      lines.add(fitting.stripTrailing());
    } else {
      lines.addAll(Text.wrap(line.strip(), columns, INDENT, INDENT.repeat(4)));
    }
  }

  private void paragraph(Paragraph paragraph) {
    lines.add("");
    if (!paragraph.title().isEmpty()) {
      lines.add(paragraph.title());
    }
    lines.addAll(
        paragraph.title().isEmpty()
            ? Text.wrap(paragraph.text(), columns, "", "")
            : Text.wrap(paragraph.text(), columns, INDENT, INDENT));
  }

  private void settings(@Nullable Description description) {
    title("Settings");
    row("learningRate", shortly(choice.learningRate()) + ": lr in the formula");
    UpdateRule rule = choice.rule();
    Settings.of((Record) rule)
        .forEach((name, value) -> {
          if (!(value instanceof UpdateRule)) {
            String text = description == null ? null : description.settings().get(name);
            row(name, shortly(value) + (text == null ? "" : ": " + text));
          }
        });
  }

  private void state() {
    state("State of each coordinate", formula.slots());
    state("State of the whole parameter", formula.common());
  }

  private void state(String title, List<Slot> slots) {
    if (!slots.isEmpty()) {
      title(title);
      for (Slot slot : slots) {
        row(slot.name(), slot.description() + ", " + shortly(slot.initialValue()) + " at first");
      }
    }
  }

  private void libraries() {
    title("What the dialects make of it");
    SequencedMap<String, Object> own = Dialects.settings(Dialect.PYTORCH, choice.name());
    row("default", join(own));
    for (DialectDifference difference : DialectDifference.of(choice.name())) {
      String name = difference.dialect().name();
      if (difference.formula().isEmpty() && difference.defaults().isEmpty()) {
        row(name, "the same");
        continue;
      }
      List<String> parts = new ArrayList<>(difference.formula());
      parts.removeIf(String::isBlank);
      if (!difference.defaults().isEmpty()) {
        parts.add(join(difference.defaults()));
      }
      parts.add(
          "apart on a sample: %s by formula, %s by defaults"
              .formatted(
                  DialectDifference.percent(difference.byFormula()),
                  DialectDifference.percent(difference.byDefaults())));
      for (String part : parts) {
        row(name, part.strip().replaceAll(" {2,}", "  "));
        name = "";
      }
    }
  }

  private static String join(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + shortly(setting.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** A name and what there is to say about it. */
  private void row(String name, String text) {
    String first = INDENT + "%-18s ".formatted(name);
    lines.addAll(Text.wrap(text, columns, first, " ".repeat(first.length())));
  }

  /** Steps side by side, one quantity a line: as many lines as the rule has names. */
  private void steps(double[] gradients) {
    SequencedMap<String, List<String>> table = table(gradients);
    int widest = table.keySet().stream().mapToInt(String::length).max().orElse(0);
    int perBlock = Math.max(1, (columns - INDENT.length() - widest) / (CELL + 1));
    for (int from = 0; from < gradients.length; from += perBlock) {
      int to = Math.min(from + perBlock, gradients.length);
      if (from > 0) {
        lines.add("");
      }
      for (Map.Entry<String, List<String>> quantity : table.entrySet()) {
        StringBuilder line = new StringBuilder(INDENT);
        line.append(("%-" + widest + "s").formatted(quantity.getKey()));
        for (String cell : quantity.getValue().subList(from, to)) {
          line.append(" ").append(("%" + CELL + "s").formatted(cell));
        }
        lines.add(line.toString().stripTrailing());
      }
    }
  }

  private SequencedMap<String, List<String>> table(double[] gradients) {
    SequencedMap<String, List<String>> table = new LinkedHashMap<>();
    Replay replay = new Replay(choice.rule(), 1);
    for (int t = 1; t <= gradients.length; t++) {
      double gradient = gradients[t - 1];
      double delta = replay.step(choice.learningRate(), gradient)[0];
      SequencedMap<String, String> column = new LinkedHashMap<>();
      column.put("step", Integer.toString(t));
      column.put("gradient", fiveDigits(gradient));
      for (Slot slot : choice.rule().slots()) {
        column.put(slot.name(), fiveDigits(replay.state(slot)[0]));
      }
      for (Slot slot : choice.rule().common()) {
        column.put(slot.name(), fiveDigits(replay.common(slot)));
      }
      replay.notes(0).forEach((name, value) -> column.put(name, fiveDigits(value)));
      column.put("delta", fiveDigits(delta));
      column.put("-delta / gradient", gradient == 0 ? "" : fiveDigits(-delta / gradient));
      column.put("theta", fiveDigits(replay.values()[0]));
      add(table, column, t);
    }
    return table;
  }

  /** A quantity that is not named at every step has empty cells at the others. */
  private static void add(
      SequencedMap<String, List<String>> table, SequencedMap<String, String> column, int t) {
    column.forEach((name, cell) -> {
      List<String> row = table.computeIfAbsent(name, _ -> new ArrayList<>());
      while (row.size() < t - 1) {
        row.add("");
      }
      row.add(cell);
    });
    table
        .values()
        .forEach(row -> {
          if (row.size() < t) {
            row.add("");
          }
        });
  }
}
