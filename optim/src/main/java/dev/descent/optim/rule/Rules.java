package dev.descent.optim.rule;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.schedule.Constant;
import dev.descent.optim.setting.Names;
import dev.descent.optim.setting.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The rules by name, for command lines and files: {@code choose("adam", Map.of("beta1", "0.8"))}.
 *
 * <p>A rule's name is that of its record in lower case, its settings are the record's components.
 * {@code learningRate} is a setting of every rule. Where other libraries have a switch and Descent
 * a rule of its own, the switch leads there: {@code rmsprop} with {@code centered} true is {@code
 * centeredrmsprop}.
 */
public final class Rules {
  /** Every rule with its default settings. A rule is registered by being listed here. */
  private static final SequencedMap<String, UpdateRule> BY_NAME =
      byName(
          new Sgd(),
          new Momentum(),
          new Nesterov(),
          new AdaGrad(),
          new NormalisedAdaGrad(),
          new QuarticAdaGrad(),
          new RmsProp(),
          new RmsPropMomentum(),
          new CenteredRmsProp(),
          new Adadelta(),
          new Adam(),
          new AdamW(),
          new AmsGrad(),
          new AdaMax(),
          new Nadam(),
          new RAdam(),
          new AdaBelief(),
          new Yogi(),
          new Adan(),
          new Lion(),
          new SignSgd(),
          new Rprop(),
          new Asgd(),
          new Ftrl(),
          new ScheduleFreeSgd(),
          new ScheduleFreeAdamW(),
          new Lars(),
          new Lamb(),
          new Adafactor(),
          new Muon(),
          new Shampoo(),
          new Prodigy());

  /** The first that is switched on decides. */
  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("rmsprop", "centered", "centeredrmsprop"),
          new Variant("rmsprop", "momentum", "rmspropmomentum"));

  /** The name of the setting that every rule has. */
  public static final String LEARNING_RATE = "learningRate";

  private Rules() {}

  /** A setting that makes a rule another one. */
  private record Variant(String rule, String setting, String becomes) {}

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
  public static SequencedMap<String, Object> settings(String name) {
    UpdateRule defaults = find(name);
    SequencedMap<String, Object> settings = Settings.of((Record) defaults);
    settings.putFirst(LEARNING_RATE, defaults.defaultLearningRate());
    return Collections.unmodifiableSequencedMap(settings);
  }

  /**
   * A rule with some settings changed, the others at their defaults.
   *
   * @param name the rule's name; case does not matter
   * @param changes values by the names of the settings
   * @throws IllegalArgumentException if there is no such rule or setting (the message names the
   *     nearest), or a value is no number or out of range (the message says what is expected)
   */
  public static Choice choose(String name, Map<String, String> changes) {
    Map<String, String> ownChanges = new LinkedHashMap<>(changes);
    String known = resolve(name, ownChanges);
    UpdateRule defaults = find(known);
    SequencedMap<String, Object> settings = settings(known);
    for (String setting : ownChanges.keySet()) {
      if (!settings.containsKey(setting)) {
        throw new IllegalArgumentException(
            "%s has no setting %s; did you mean %s? Its settings are %s"
                .formatted(
                    known,
                    setting,
                    Names.nearest(setting, settings.keySet()),
                    String.join(", ", settings.keySet())));
      }
    }
    UpdateRule rule = (UpdateRule) Settings.with((Record) defaults, ownChanges);
    Constant rate = Settings.with(new Constant(defaults.defaultLearningRate()), ownChanges);
    return new Choice(known, rule, rate.learningRate());
  }

  /**
   * The rule that a name leads to, with the switches among the settings.
   *
   * @param name the rule's name; case does not matter
   * @param changes values by the names of the settings; switches that are no setting of the rule
   *     are removed
   * @return the rule's name in lower case
   * @throws IllegalArgumentException if there is no such rule (the message names the nearest), or a
   *     switch is neither true or false nor a number
   */
  public static String resolve(String name, Map<String, String> changes) {
    find(name);
    String known = name.toLowerCase(Locale.ROOT);
    String chosen = known;
    for (Variant variant : VARIANTS) {
      String text = changes.get(variant.setting);
      if (variant.rule.equals(known) && text != null) {
        if (chosen.equals(known) && isOn(variant.setting, text)) {
          chosen = variant.becomes;
        }
        if (!settings(chosen).containsKey(variant.setting)) {
          changes.remove(variant.setting);
        }
      }
    }
    return chosen;
  }

  private static boolean isOn(String setting, String text) {
    try {
      return text.equals("true") || (!text.equals("false") && Double.parseDouble(text) != 0);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          setting + " is " + text + "; expected true, false or a number", e);
    }
  }

  private static UpdateRule find(String name) {
    UpdateRule found = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no update rule %s; did you mean %s? The rules are %s"
              .formatted(name, Names.nearest(name, names()), String.join(", ", names())));
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
}
