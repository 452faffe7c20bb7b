package dev.descent.optim.rule;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.schedule.Constant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The rules by name, for command lines and files: {@code choose("adam", Map.of("beta1", "0.8"))}.
 *
 * <p>A rule's name is that of its record in lower case, its settings are the record's components.
 * {@code learningRate} is a setting of every rule.
 */
public final class Rules {
  /** Every rule with its default settings. A rule is registered by being listed here. */
  private static final SequencedMap<String, UpdateRule> BY_NAME =
      byName(
          new Sgd(),
          new Momentum(),
          new Nesterov(),
          new AdaGrad(),
          new RmsProp(),
          new Adadelta(),
          new Adam());

  private static final String LEARNING_RATE = "learningRate";

  private Rules() {}

  /**
   * A rule with its settings, and the learning rate that goes with it.
   *
   * @param name the rule's name, in lower case
   * @param rule the rule
   * @param learningRate the one asked for, or the rule's default
   */
  public record Choice(String name, UpdateRule rule, double learningRate) {}

  /** The names of all rules, in lower case. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * A rule's settings with their default values, the learning rate first.
   *
   * @param name the rule's name; case does not matter
   * @throws IllegalArgumentException if there is no such rule; the message names the nearest
   */
  public static SequencedMap<String, Double> settings(String name) {
    UpdateRule defaults = find(name);
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put(LEARNING_RATE, defaults.defaultLearningRate());
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      settings.put(component.getName(), value(component, defaults));
    }
    return Collections.unmodifiableSequencedMap(settings);
  }

  /**
   * A rule with some settings changed, the others at their defaults.
   *
   * @param name the rule's name; case does not matter
   * @param changes numbers by the names of the settings
   * @throws IllegalArgumentException if there is no such rule or setting (the message names the
   *     nearest), or a value is no number or out of range (the message says what is expected)
   */
  public static Choice choose(String name, Map<String, String> changes) {
    UpdateRule defaults = find(name);
    String known = name.toLowerCase(Locale.ROOT);
    SequencedMap<String, Double> settings = new LinkedHashMap<>(settings(known));
    changes.forEach((setting, text) -> {
      if (!settings.containsKey(setting)) {
        throw new IllegalArgumentException(
            "%s has no setting %s; did you mean %s? Its settings are %s"
                .formatted(
                    known,
                    setting,
                    nearest(setting, settings.keySet()),
                    String.join(", ", settings.keySet())));
      }
      settings.put(setting, number(setting, text));
    });
    double learningRate = settings.pollFirstEntry().getValue();
    return new Choice(
        known,
        make(defaults.getClass(), settings.values()),
        new Constant(learningRate).learningRate());
  }

  private static UpdateRule find(String name) {
    UpdateRule found = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no update rule %s; did you mean %s? The rules are %s"
              .formatted(name, nearest(name, names()), String.join(", ", names())));
    }
    return found;
  }

  private static SequencedMap<String, UpdateRule> byName(UpdateRule... rules) {
    SequencedMap<String, UpdateRule> byName = new LinkedHashMap<>();
    for (UpdateRule rule : rules) {
      byName.put(rule.getClass().getSimpleName().toLowerCase(Locale.ROOT), rule);
    }
    return byName;
  }

  private static double number(String setting, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(setting + " is " + text + "; expected a number", e);
    }
  }

  private static double value(RecordComponent component, UpdateRule rule) {
    try {
      return (double) component.getAccessor().invoke(rule);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("setting " + component + " cannot be read", e);
    }
  }

  private static UpdateRule make(Class<? extends UpdateRule> type, Collection<Double> settings) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(settings.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException outOfRange) {
        throw outOfRange;
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static String nearest(String word, Collection<String> known) {
    return Collections.min(
        known, Comparator.comparingInt(name -> distance(word.toLowerCase(Locale.ROOT), name)));
  }

  /** How many letters must be inserted, removed or replaced (Levenshtein); case does not count. */
  private static int distance(String word, String name) {
    int[] row = new int[name.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same = word.charAt(i - 1) == Character.toLowerCase(name.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[name.length()];
  }
}
