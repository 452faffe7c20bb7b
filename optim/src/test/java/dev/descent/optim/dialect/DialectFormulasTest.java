package dev.descent.optim.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.study.Replay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each formula of a dialect against a transcription of the library's own steps, or of the paper's,
 * which was written apart from the record and in the library's order of operations.
 */
class DialectFormulasTest {
  private static final int STEPS = 60;

  /** What a library does with one parameter: its new value, from state it keeps for itself. */
  @FunctionalInterface
  interface Library {
    double step(double w, double g, double lr, int t);
  }

  /** A library's optimizer, made with settings by Descent's names. */
  @FunctionalInterface
  interface Maker {
    Library make(Map<String, Double> s);
  }

  private static final Map<String, Maker> TRANSCRIPTIONS = new LinkedHashMap<>();

  static {
    Maker heldInVelocity =
        s -> {
          double[] m = {0};
          return (w, g, lr, t) -> {
            m[0] = m[0] * s.get("momentum") - g * lr;
            return w + m[0];
          };
        };
    TRANSCRIPTIONS.put("momentum KERAS", heldInVelocity);
    TRANSCRIPTIONS.put("momentum PAPER", heldInVelocity);
    Maker nesterov =
        s -> {
          double[] m = {0};
          return (w, g, lr, t) -> {
            m[0] = m[0] * s.get("momentum") - g * lr;
            return w + (m[0] * s.get("momentum") - g * lr);
          };
        };
    TRANSCRIPTIONS.put("nesterov KERAS", nesterov);
    TRANSCRIPTIONS.put("nesterov PAPER", nesterov);
    Maker adagrad =
        s -> {
          double[] sum = {s.get("initialAccumulator")};
          return (w, g, lr, t) -> {
            sum[0] += g * g;
            return w - (lr * g) / Math.sqrt(sum[0] + s.get("epsilon"));
          };
        };
    TRANSCRIPTIONS.put("adagrad KERAS", adagrad);
    TRANSCRIPTIONS.put("adagrad OPTAX", adagrad);
    Maker rmsprop =
        s -> {
          double[] v = {s.get("initialAccumulator")};
          return (w, g, lr, t) -> {
            v[0] += (1 - s.get("decay")) * (g * g - v[0]);
            return w - g * (lr / Math.sqrt(v[0] + s.get("epsilon")));
          };
        };
    TRANSCRIPTIONS.put("rmsprop KERAS", rmsprop);
    TRANSCRIPTIONS.put("rmsprop OPTAX", rmsprop);
    TRANSCRIPTIONS.put("rmsprop TENSORFLOW1", rmsprop);
    TRANSCRIPTIONS.put(
        "adam KERAS",
        s -> {
          double[] m = {0};
          double[] v = {0};
          return (w, g, lr, t) -> {
            double alpha =
                lr * Math.sqrt(1 - Math.pow(s.get("beta2"), t)) / (1 - Math.pow(s.get("beta1"), t));
            m[0] += (g - m[0]) * (1 - s.get("beta1"));
            v[0] += (g * g - v[0]) * (1 - s.get("beta2"));
            return w - m[0] * alpha / (Math.sqrt(v[0]) + s.get("epsilon"));
          };
        });
  }

  static {
    Maker rmspropMomentum =
        s -> {
          double[] v = {s.get("initialAccumulator")};
          double[] mom = {0};
          return (w, g, lr, t) -> {
            v[0] += (1 - s.get("decay")) * (g * g - v[0]);
            mom[0] = s.get("momentum") * mom[0] + lr * g / Math.sqrt(v[0] + s.get("epsilon"));
            return w - mom[0];
          };
        };
    Maker rmspropCentered =
        s -> {
          double[] v = {s.get("initialAccumulator")};
          double[] average = {0};
          double[] mom = {0};
          return (w, g, lr, t) -> {
            v[0] = s.get("decay") * v[0] + (1 - s.get("decay")) * g * g;
            average[0] = s.get("decay") * average[0] + (1 - s.get("decay")) * g;
            double denominator = v[0] - average[0] * average[0] + s.get("epsilon");
            mom[0] = s.get("momentum") * mom[0] + lr * g / Math.sqrt(denominator);
            return w - mom[0];
          };
        };
    for (Dialect dialect : new Dialect[] {Dialect.KERAS, Dialect.OPTAX, Dialect.TENSORFLOW1}) {
      TRANSCRIPTIONS.put("rmspropmomentum " + dialect, rmspropMomentum);
      TRANSCRIPTIONS.put("centeredrmsprop " + dialect, rmspropCentered);
    }
    TRANSCRIPTIONS.put("centeredrmsprop PAPER", rmspropCentered);
    TRANSCRIPTIONS.put(
        "adamw KERAS",
        s -> {
          Library adam = TRANSCRIPTIONS.get("adam KERAS").make(s);
          return (w, g, lr, t) -> adam.step(w - w * s.get("weightDecay") * lr, g, lr, t);
        });
    TRANSCRIPTIONS.put(
        "adamw PAPER",
        s -> {
          double[] m = {0};
          double[] v = {0};
          return (w, g, lr, t) -> {
            m[0] = s.get("beta1") * m[0] + (1 - s.get("beta1")) * g;
            v[0] = s.get("beta2") * v[0] + (1 - s.get("beta2")) * g * g;
            double mHat = m[0] / (1 - Math.pow(s.get("beta1"), t));
            double vHat = v[0] / (1 - Math.pow(s.get("beta2"), t));
            return w
                - (lr * mHat / (Math.sqrt(vHat) + s.get("epsilon")) + s.get("weightDecay") * w);
          };
        });
    TRANSCRIPTIONS.put(
        "amsgrad PAPER",
        s -> {
          double[] m = {0};
          double[] v = {0};
          double[] vHat = {0};
          return (w, g, lr, t) -> {
            m[0] = s.get("beta1") * m[0] + (1 - s.get("beta1")) * g;
            v[0] = s.get("beta2") * v[0] + (1 - s.get("beta2")) * g * g;
            vHat[0] = Math.max(vHat[0], v[0]);
            return m[0] == 0 ? w : w - lr * m[0] / (Math.sqrt(vHat[0]) + s.get("epsilon"));
          };
        });
    TRANSCRIPTIONS.put(
        "amsgrad KERAS",
        s -> {
          double[] m = {0};
          double[] v = {0};
          double[] vHat = {0};
          return (w, g, lr, t) -> {
            double alpha =
                lr * Math.sqrt(1 - Math.pow(s.get("beta2"), t)) / (1 - Math.pow(s.get("beta1"), t));
            m[0] += (g - m[0]) * (1 - s.get("beta1"));
            v[0] += (g * g - v[0]) * (1 - s.get("beta2"));
            vHat[0] = Math.max(vHat[0], v[0]);
            return w - m[0] * alpha / (Math.sqrt(vHat[0]) + s.get("epsilon"));
          };
        });
    TRANSCRIPTIONS.put(
        "amsgrad OPTAX",
        s -> {
          double[] mu = {0};
          double[] nu = {0};
          double[] nuMax = {0};
          return (w, g, lr, t) -> {
            mu[0] = (1 - s.get("beta1")) * g + s.get("beta1") * mu[0];
            nu[0] = (1 - s.get("beta2")) * g * g + s.get("beta2") * nu[0];
            nuMax[0] = Math.max(nuMax[0], nu[0] / (1 - Math.pow(s.get("beta2"), t)));
            double muHat = mu[0] / (1 - Math.pow(s.get("beta1"), t));
            return w - lr * (muHat / (Math.sqrt(nuMax[0]) + s.get("epsilon")));
          };
        });
    Maker adamax =
        s -> {
          double[] m = {0};
          double[] u = {0};
          return (w, g, lr, t) -> {
            m[0] += (g - m[0]) * (1 - s.get("beta1"));
            u[0] = Math.max(s.get("beta2") * u[0], Math.abs(g));
            double below = (1 - Math.pow(s.get("beta1"), t)) * (u[0] + s.get("epsilon"));
            return m[0] == 0 ? w : w - lr * m[0] / below;
          };
        };
    TRANSCRIPTIONS.put("adamax KERAS", adamax);
    TRANSCRIPTIONS.put("adamax PAPER", adamax);
    TRANSCRIPTIONS.put(
        "nadam OPTAX",
        s -> {
          double[] mu = {0};
          double[] nu = {0};
          return (w, g, lr, t) -> {
            double b1 = s.get("beta1");
            mu[0] = (1 - b1) * g + b1 * mu[0];
            nu[0] = (1 - s.get("beta2")) * g * g + s.get("beta2") * nu[0];
            double corrected = mu[0] / (1 - Math.pow(b1, t + 1));
            double muHat = b1 * corrected + (1 - b1) * (g / (1 - Math.pow(b1, t)));
            double nuHat = nu[0] / (1 - Math.pow(s.get("beta2"), t));
            return w - lr * (muHat / (Math.sqrt(nuHat) + s.get("epsilon")));
          };
        });
    TRANSCRIPTIONS.put(
        "nadam PAPER",
        s -> {
          double[] m = {0};
          double[] n = {0};
          double[] product = {1};
          return (w, g, lr, t) -> {
            double decay = s.get("momentumDecay");
            double mu = s.get("beta1") * (1 - 0.5 * Math.pow(0.96, t * decay));
            double next = s.get("beta1") * (1 - 0.5 * Math.pow(0.96, (t + 1) * decay));
            product[0] *= mu;
            m[0] = mu * m[0] + (1 - mu) * g;
            n[0] = s.get("beta2") * n[0] + (1 - s.get("beta2")) * g * g;
            double mHat = next * m[0] / (1 - product[0] * next) + (1 - mu) * g / (1 - product[0]);
            double nHat = s.get("beta2") * n[0] / (1 - Math.pow(s.get("beta2"), t));
            return w - lr / (Math.sqrt(nHat) + s.get("epsilon")) * mHat;
          };
        });
    Maker radam =
        s -> {
          double[] mu = {0};
          double[] nu = {0};
          return (w, g, lr, t) -> {
            double b2 = s.get("beta2");
            mu[0] = (1 - s.get("beta1")) * g + s.get("beta1") * mu[0];
            nu[0] = (1 - b2) * g * g + b2 * nu[0];
            double muHat = mu[0] / (1 - Math.pow(s.get("beta1"), t));
            double nuHat = nu[0] / (1 - Math.pow(b2, t));
            double roInf = 2 / (1 - b2) - 1;
            double ro = roInf - 2 * t * Math.pow(b2, t) / (1 - Math.pow(b2, t));
            if (ro < s.get("threshold")) {
              return w - lr * muHat;
            }
            double r = Math.sqrt((ro - 4) * (ro - 2) * roInf / ((roInf - 4) * (roInf - 2) * ro));
            return muHat == 0 ? w : w - lr * r * muHat / (Math.sqrt(nuHat) + s.get("epsilon"));
          };
        };
    TRANSCRIPTIONS.put("radam OPTAX", radam);
    TRANSCRIPTIONS.put("radam PAPER", radam);
    TRANSCRIPTIONS.put(
        "yogi OPTAX",
        s -> {
          double[] mu = {s.get("initialAccumulator")};
          double[] nu = {s.get("initialAccumulator")};
          return (w, g, lr, t) -> {
            mu[0] = (1 - s.get("beta1")) * g + s.get("beta1") * mu[0];
            nu[0] = nu[0] - (1 - s.get("beta2")) * Math.signum(nu[0] - g * g) * (g * g);
            double muHat = mu[0] / (1 - Math.pow(s.get("beta1"), t));
            double nuHat = nu[0] / (1 - Math.pow(s.get("beta2"), t));
            return w - lr * (muHat / (Math.sqrt(nuHat) + s.get("epsilon")));
          };
        });
    TRANSCRIPTIONS.put(
        "adan OPTAX",
        s -> {
          double[] state = new double[4];
          return (w, g, lr, t) -> {
            double b1 = s.get("beta1");
            double b2 = s.get("beta2");
            double b3 = s.get("beta3");
            double difference = t == 1 ? 0 : g - state[3];
            double squared = g + (1 - b2) * difference;
            state[0] = (1 - b1) * g + b1 * state[0];
            state[1] = (1 - b2) * difference + b2 * state[1];
            state[2] = (1 - b3) * squared * squared + b3 * state[2];
            state[3] = g;
            double mHat = state[0] / (1 - Math.pow(b1, t));
            double vHat = state[1] / (1 - Math.pow(b2, t));
            double nHat = state[2] / (1 - Math.pow(b3, t));
            double u = (mHat + (1 - b2) * vHat) / (Math.sqrt(nHat) + s.get("epsilon"));
            return w - lr * (u + s.get("weightDecay") * w);
          };
        });
    TRANSCRIPTIONS.put(
        "rprop OPTAX",
        s -> {
          double[] size = {s.get("learningRate")};
          double[] previous = {0};
          return (w, g, lr, t) -> {
            double sign = g * previous[0];
            if (sign != 0) {
              double scaled = size[0] * (sign > 0 ? s.get("grow") : s.get("shrink"));
              size[0] = Math.min(Math.max(scaled, s.get("minStep")), s.get("maxStep"));
            }
            double update = sign < 0 ? 0 : previous[0];
            previous[0] = sign < 0 ? 0 : size[0] * Math.signum(g);
            return w - update;
          };
        });
    TRANSCRIPTIONS.put(
        "ftrl KERAS",
        s -> {
          double[] accumulator = {s.get("initialAccumulator")};
          double[] linear = {0};
          return (w, g, lr, t) -> {
            double l2 = s.get("l2") + s.get("beta") / (2 * lr);
            double next = accumulator[0] + g * g;
            linear[0] += g - (Math.sqrt(next) - Math.sqrt(accumulator[0])) / lr * w;
            double quadratic = Math.sqrt(next) / lr + 2 * l2;
            double clipped = Math.min(Math.max(linear[0], -s.get("l1")), s.get("l1"));
            accumulator[0] = next;
            return (clipped - linear[0]) / quadratic;
          };
        });
  }

  /** Settings that show each part of a formula: large epsilons, short memories. */
  private static final Map<String, String> TELLING = new LinkedHashMap<>();

  static {
    TELLING.put("learningRate", "0.05");
    TELLING.put("beta1", "0.7");
    TELLING.put("beta2", "0.95");
    TELLING.put("beta3", "0.8");
    TELLING.put("decay", "0.8");
    TELLING.put("momentum", "0.6");
    TELLING.put("epsilon", "0.03");
    TELLING.put("initialAccumulator", "0.2");
    TELLING.put("weightDecay", "0.3");
    TELLING.put("momentumDecay", "0.3");
    TELLING.put("threshold", "6");
    TELLING.put("shrink", "0.4");
    TELLING.put("grow", "1.5");
    TELLING.put("minStep", "0.003");
    TELLING.put("maxStep", "0.2");
    TELLING.put("beta", "0.3");
    TELLING.put("l1", "0.2");
    TELLING.put("l2", "0.1");
  }

  @TestFactory
  Stream<DynamicTest> followsTheLibrary() {
    return TRANSCRIPTIONS.entrySet().stream()
        .flatMap(entry ->
            Stream.of(Map.<String, String>of(), TELLING)
                .map(settings ->
                    dynamicTest(
                        entry.getKey() + (settings.isEmpty() ? ", defaults" : ", telling settings"),
                        () -> check(entry.getKey(), entry.getValue(), settings))));
  }

  private static void check(String key, Maker maker, Map<String, String> wanted) {
    String rule = key.substring(0, key.indexOf(' '));
    Dialect dialect = Dialect.of(key.substring(key.indexOf(' ') + 1));
    Map<String, String> changes = new LinkedHashMap<>(wanted);
    changes.keySet().retainAll(Dialects.settings(dialect, rule).keySet());
    Rules.Choice choice = Dialects.choose(dialect, rule, changes);
    Map<String, Double> settings = new LinkedHashMap<>();
    Dialects.settings(dialect, rule)
        .forEach((name, value) ->
            settings.put(name, Double.valueOf(changes.getOrDefault(name, value.toString()))));

    SplittableRandom random = new SplittableRandom(7);
    double[] start = {0, 1, -2, 0.5};
    Replay replay = new Replay(choice.rule(), start);
    Library[] libraries =
        Stream.of(0, 1, 2, 3).map(_ -> maker.make(settings)).toArray(Library[]::new);
    double[] expected = start.clone();
    double[] size = start.clone();
    for (int t = 1; t <= STEPS; t++) {
      double lr = t <= STEPS / 2 ? choice.learningRate() : choice.learningRate() / 4;
      double[] g = gradients(random, t);
      replay.step(lr, g);
      for (int i = 0; i < g.length; i++) {
        double before = expected[i];
        expected[i] = libraries[i].step(before, g[i], lr, t);
        size[i] = Math.max(size[i], Math.abs(expected[i] - before) + Math.abs(expected[i]));
        assertThat(replay.values()[i])
            .as("coordinate %d after step %d", i, t)
            .isCloseTo(expected[i], within(1e-12 * size[i]));
      }
    }
    for (int i = 0; i < start.length; i++) {
      assertThat(expected[i]).as("it moves").isNotCloseTo(start[i], within(50e-12 * size[i]));
    }
  }

  /** Ordinary; small; sparse; turning. */
  private static double[] gradients(SplittableRandom random, int t) {
    double ordinary = random.nextDouble(-2, 3);
    double small = random.nextDouble(-1e-4, 2e-4);
    double sparse = t % 7 == 3 ? random.nextDouble(-1, 1) : 0;
    return new double[] {ordinary, small, sparse, t % 3 == 0 ? 0.3 : -0.4};
  }

  /** Where the formula is the rule's own, PyTorch's numbers are the oracle. */
  @Test
  void everyFormulaThatDiffersIsTranscribed() {
    for (String rule : Rules.names()) {
      Class<?> own = Rules.choose(rule, Map.of()).rule().getClass();
      Dialects.of(rule)
          .forEach((dialect, defaults) ->
              assertThat(
                      TRANSCRIPTIONS.containsKey(rule + " " + dialect)
                          || WholeDialectFormulasTest.TRANSCRIPTIONS.containsKey(
                              rule + " " + dialect))
                  .as("%s, %s", rule, dialect)
                  .isEqualTo(defaults.rule().getClass() != own));
    }
  }

  /** L45 and what the libraries document: a penalty in PyTorch, a decay of its own in Keras. */
  @Test
  void weightDecayIsTheLibrarys() {
    Map<String, String> settings = Map.of("weightDecay", "0.5", "learningRate", "0.1");
    Rules.Choice penalty = Dialects.choose(Dialect.PYTORCH, "adam", settings);
    Replay adam = new Replay(penalty.rule(), 2);
    adam.step(0.1, 0);
    assertThat(adam.values()[0]).as("all of lr, whatever the decay").isCloseTo(1.9, within(1e-8));
    assertThat(adam.state(Adam.M)[0]).isCloseTo(0.1, within(1e-15));
    assertThat(adam.notes(0)).containsEntry("penalised", 1.0).containsKey("mHat");

    Rules.Choice decay = Dialects.choose(Dialect.KERAS, "adam", settings);
    Replay keras = new Replay(decay.rule(), 2);
    keras.step(0.1, 0);
    assertThat(keras.values()[0]).isCloseTo(2 * (1 - 0.1 * 0.5), within(1e-15));
    keras.step(0.1, 1);
    Replay without = new Replay(new EpsilonHatAdam(0.9, 0.999, 1e-7), 0);
    without.step(0.1, 0);
    double own = without.step(0.1, 1)[0];
    assertThat(keras.values()[0]).isCloseTo(1.9 * (1 - 0.1 * 0.5) + own, within(1e-15));
    assertThat(decay.rule().defaultLearningRate()).isEqualTo(0.001);
  }
}
