package dev.descent.optim.dialect;

import static dev.descent.optim.dialect.Dialect.KERAS;
import static dev.descent.optim.dialect.Dialect.OPTAX;
import static dev.descent.optim.dialect.Dialect.PAPER;
import static dev.descent.optim.dialect.Dialect.PYTORCH;
import static dev.descent.optim.dialect.Dialect.TENSORFLOW1;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.rule.AdaBelief;
import dev.descent.optim.rule.AdaMax;
import dev.descent.optim.rule.Adadelta;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.AdamW;
import dev.descent.optim.rule.Ftrl;
import dev.descent.optim.rule.Lamb;
import dev.descent.optim.rule.Lion;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Nadam;
import dev.descent.optim.rule.Nesterov;
import dev.descent.optim.rule.RmsProp;
import dev.descent.optim.rule.RmsPropMomentum;
import dev.descent.optim.rule.Rprop;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.rule.SignSgd;
import dev.descent.optim.schedule.Constant;
import dev.descent.optim.setting.Names;
import dev.descent.optim.setting.Settings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The rules by name and dialect: {@code choose(KERAS, "adam", Map.of("beta1", "0.8"))}.
 *
 * <p>The rules of {@code dev.descent.optim.rule} have PyTorch's formulas and defaults, where
 * PyTorch has the rule, and in any case Descent's own; that is what {@link Dialect#PYTORCH} gives.
 * Where the paper has the same, nothing is said about it here. The other dialects have the rules
 * that their libraries have. A formula that differs is a record of this package.
 */
public final class Dialects {
  private static final String LEARNING_RATE = "learningRate";
  private static final String WEIGHT_DECAY = "weightDecay";

  /** What {@code weightDecay} makes of a rule that has none of its own. */
  private static final Map<Dialect, Function<UpdateRule, Record>> DECAYS =
      Map.of(PYTORCH, rule -> new L2Penalty(rule, 0), KERAS, rule -> new DecoupledDecay(rule, 0));

  /** Each rule with the defaults of each dialect. optax has no default learning rates. */
  private static final Map<String, EnumMap<Dialect, Defaults>> TABLE = new LinkedHashMap<>();

  static {
    put("sgd", KERAS, 0.01, new Sgd());
    put("sgd", OPTAX, 0.001, new Sgd());
    put("momentum", PAPER, 0.001, new RateInsideMomentum(0.9));
    put("momentum", KERAS, 0.01, new RateInsideMomentum(0.9));
    put("momentum", OPTAX, 0.001, new Momentum());
    put("nesterov", PAPER, 0.001, new RateInsideNesterov(0.9));
    put("nesterov", KERAS, 0.01, new RateInsideNesterov(0.9));
    put("nesterov", OPTAX, 0.001, new Nesterov());
    put("adagrad", KERAS, 0.001, new EpsilonInsideAdaGrad(1e-7, 0.1));
    put("adagrad", OPTAX, 0.01, new EpsilonInsideAdaGrad(1e-7, 0.1));
    put("rmsprop", PAPER, 0.001, new RmsProp(0.9, 0));
    put("rmsprop", KERAS, 0.001, new EpsilonInsideRmsProp(0.9, 1e-7, 0));
    put("rmsprop", OPTAX, 0.01, new EpsilonInsideRmsProp(0.9, 1e-8, 0));
    put("rmsprop", TENSORFLOW1, 0.01, new EpsilonInsideRmsProp(0.9, 1e-10, 1));
    put("adadelta", PAPER, 1, new Adadelta(0.95, 1e-6));
    put("adadelta", KERAS, 0.001, new Adadelta(0.95, 1e-7));
    put("adadelta", OPTAX, 1, new Adadelta());
    put("adam", KERAS, 0.001, new EpsilonHatAdam(0.9, 0.999, 1e-7));
    put("adam", OPTAX, 0.001, new Adam());
    put("rmspropmomentum", PAPER, 0.001, new RmsPropMomentum(0.9, 0.9, 0));
    put("rmspropmomentum", KERAS, 0.001, new RateInsideRmsProp(0.9, 0.9, 1e-7, 0));
    put("rmspropmomentum", OPTAX, 0.01, new RateInsideRmsProp(0.9, 0.9, 1e-8, 0));
    put("rmspropmomentum", TENSORFLOW1, 0.01, new RateInsideRmsProp(0.9, 0.9, 1e-10, 1));
    put("centeredrmsprop", PAPER, 1e-4, new RateInsideCenteredRmsProp(0.95, 0.9, 1e-4, 0));
    put("centeredrmsprop", KERAS, 0.001, new RateInsideCenteredRmsProp(0.9, 0, 1e-7, 0));
    put("centeredrmsprop", OPTAX, 0.01, new RateInsideCenteredRmsProp(0.9, 0, 1e-8, 0));
    put("centeredrmsprop", TENSORFLOW1, 0.01, new RateInsideCenteredRmsProp(0.9, 0, 1e-10, 1));
    // The paper's decay is not multiplied by the learning rate: 1e-5 is what 0.01 comes to.
    put("adamw", PAPER, 0.001, new UncoupledAdamW(0.9, 0.999, 1e-8, 1e-5));
    put("adamw", KERAS, 0.001, new EpsilonHatAdamW(0.9, 0.999, 1e-7, 0.004));
    put("adamw", OPTAX, 0.001, new AdamW(0.9, 0.999, 1e-8, 1e-4));
    put("amsgrad", PAPER, 0.001, new UncorrectedAmsGrad(0.9, 0.999, 0));
    put("amsgrad", KERAS, 0.001, new EpsilonHatAmsGrad(0.9, 0.999, 1e-7));
    put("amsgrad", OPTAX, 0.001, new CorrectedMaxAmsGrad(0.9, 0.999, 1e-8));
    put("adamax", PAPER, 0.002, new EpsilonAfterAdaMax(0.9, 0.999, 0));
    put("adamax", KERAS, 0.001, new EpsilonAfterAdaMax(0.9, 0.999, 1e-7));
    put("adamax", OPTAX, 0.002, new AdaMax());
    put("nadam", PAPER, 0.002, new ScheduledNadam(0.9, 0.999, 1e-8, 0.004));
    put("nadam", KERAS, 0.001, new Nadam(0.9, 0.999, 1e-7, 1));
    put("nadam", OPTAX, 0.002, new ConstantNadam(0.9, 0.999, 1e-8));
    put("radam", PAPER, 0.001, new EpsilonCorrectedRAdam(0.9, 0.999, 0, 4));
    put("radam", OPTAX, 0.001, new EpsilonCorrectedRAdam(0.9, 0.999, 1e-8, 5));
    put("adabelief", OPTAX, 0.001, new AdaBelief());
    put("yogi", OPTAX, 0.01, new CorrectedYogi(0.9, 0.999, 1e-3, 1e-6));
    put("adan", OPTAX, 0.001, new ComplementAdan(0.98, 0.92, 0.99, 1e-8, 0));
    put("lion", KERAS, 0.001, new Lion());
    put("lion", OPTAX, 1e-4, new Lion(0.9, 0.99, 0.001));
    put("signsgd", OPTAX, 0.001, new SignSgd());
    put("rprop", PAPER, 0.1, new Rprop());
    put("rprop", OPTAX, 0.01, new LaggingRprop(0.5, 1.2, 1e-6, 50));
    put("ftrl", PAPER, 0.001, new Ftrl(1, 0, 0, 0));
    put("ftrl", KERAS, 0.001, new ZeroStartFtrl(0, 0, 0, 0.1));
    put("lars", OPTAX, 1, new WholeNormLars(0.9, 0.001, 0, 0));
    put("lamb", KERAS, 0.001, new DecayFirstLamb(0.9, 0.999, 1e-7, 0));
    put("lamb", OPTAX, 0.001, new Lamb(0.9, 0.999, 1e-6, 0));
    put("adafactor", PAPER, 0.01, new EpsilonInsideAdafactor(-0.8, 1e-30, 1e-3, 1));
    put("adafactor", KERAS, 0.001, new EpsilonInsideAdafactor(-0.8, 1e-30, 1e-3, 1));
    put("adafactor", OPTAX, 0.01, new PlainRateAdafactor(-0.8, 1e-30, 1e-3, 1, 128, 0));
    put("muon", KERAS, 0.001, new SumMuon(0.95, 0.004, 1e-7, 5, 0.2));
    put("muon", OPTAX, 0.001, new CorrectedMuon(0.95, 0, 1e-8, 5));
    put("shampoo", PAPER, 0.1, new AbsoluteEpsilonShampoo(1e-4));
  }

  private Dialects() {}

  /**
   * What a rule is in a dialect when nothing is set.
   *
   * @param rule the formula and its settings
   * @param learningRate the default learning rate
   */
  public record Defaults(UpdateRule rule, double learningRate) {}

  private static void put(String rule, Dialect dialect, double learningRate, UpdateRule defaults) {
    TABLE
        .computeIfAbsent(rule, _ -> new EnumMap<>(Dialect.class))
        .put(dialect, new Defaults(defaults, learningRate));
  }

  /**
   * The dialects that have a rule, with their defaults.
   *
   * @param rule the rule's name; case does not matter
   * @throws IllegalArgumentException if there is no such rule; the message names the nearest
   */
  public static SequencedMap<Dialect, Defaults> of(String rule) {
    Rules.Choice own = Rules.choose(rule, Map.of());
    Defaults defaults = new Defaults(own.rule(), own.learningRate());
    EnumMap<Dialect, Defaults> all = new EnumMap<>(Map.of(PAPER, defaults, PYTORCH, defaults));
    all.putAll(TABLE.getOrDefault(own.name(), new EnumMap<>(Dialect.class)));
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
  }

  /**
   * A rule's settings in a dialect with their default values, the learning rate first.
   *
   * @param rule the rule's name; case does not matter
   * @throws IllegalArgumentException if there is no such rule, or the dialect does not have it
   */
  public static SequencedMap<String, Object> settings(Dialect dialect, String rule) {
    Defaults defaults = find(dialect, rule);
    SequencedMap<String, Object> settings = Settings.of((Record) defaults.rule);
    settings.putFirst(LEARNING_RATE, defaults.learningRate);
    return Collections.unmodifiableSequencedMap(settings);
  }

  /**
   * A rule of a dialect with some settings changed, the others at the dialect's defaults.
   *
   * <p>{@code weightDecay} is a setting of every rule in two dialects: where the rule has none of
   * its own, it is an {@link L2Penalty} in PyTorch's and a {@link DecoupledDecay} in Keras's.
   *
   * @param rule the rule's name; case does not matter
   * @param changes values by the names of the settings
   * @throws IllegalArgumentException if there is no such rule or setting (the message names the
   *     nearest), if the dialect does not have the rule, or if a value is no number or out of range
   */
  public static Rules.Choice choose(Dialect dialect, String rule, Map<String, String> changes) {
    Map<String, String> own = new LinkedHashMap<>(changes);
    String name = Rules.resolve(rule, own);
    Defaults defaults = find(dialect, name);
    SequencedMap<String, Object> settings = settings(dialect, name);
    Function<UpdateRule, Record> decay =
        settings.containsKey(WEIGHT_DECAY) ? null : DECAYS.get(dialect);
    String weightDecay = decay == null ? null : own.remove(WEIGHT_DECAY);
    for (String setting : own.keySet()) {
      if (!settings.containsKey(setting)) {
        throw new IllegalArgumentException(
            "%s has no setting %s; did you mean %s? Its settings are %s"
                .formatted(
                    dialect == PYTORCH ? name : dialect.title() + "'s " + name,
                    setting,
                    Names.nearest(setting, settings.keySet()),
                    String.join(", ", settings.keySet())));
      }
    }
    UpdateRule chosen = (UpdateRule) Settings.with((Record) defaults.rule, own);
    if (decay != null && weightDecay != null) {
      chosen = (UpdateRule) Settings.with(decay.apply(chosen), Map.of(WEIGHT_DECAY, weightDecay));
    }
    Constant rate = Settings.with(new Constant(defaults.learningRate), own);
    return new Rules.Choice(name, chosen, rate.learningRate());
  }

  private static Defaults find(Dialect dialect, String rule) {
    SequencedMap<Dialect, Defaults> all = of(rule);
    if (!all.containsKey(dialect)) {
      List<String> names = all.keySet().stream().map(Dialect::name).toList();
      throw new IllegalArgumentException(
          "%s has no dialect %s; its dialects are %s"
              .formatted(rule, dialect, String.join(", ", names)));
    }
    return Objects.requireNonNull(all.get(dialect));
  }
}
