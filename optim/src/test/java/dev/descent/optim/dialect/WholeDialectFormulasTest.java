package dev.descent.optim.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * As {@link DialectFormulasTest}, for the rules that look at a whole parameter: a matrix of 4 by 3,
 * of 2 by 5, and a vector of 6.
 */
class WholeDialectFormulasTest {
  private static final int STEPS = 40;

  /** What a library does with one parameter: its new values, row by row. */
  @FunctionalInterface
  interface Library {
    double[] step(double[] w, double[] g, double lr, int t);
  }

  /** A library's optimizer for a parameter of this shape; one column for a vector. */
  @FunctionalInterface
  interface Maker {
    Library make(Map<String, Double> s, int rows, int columns, boolean vector);
  }

  static final Map<String, Maker> TRANSCRIPTIONS = new LinkedHashMap<>();

  static {
    TRANSCRIPTIONS.put(
        "lars OPTAX",
        (s, rows, columns, vector) -> {
          double[] trace = new double[rows * columns];
          return (w, g, lr, t) -> {
            double[] update = g.clone();
            for (int i = 0; i < w.length; i++) {
              update[i] += s.get("weightDecay") * w[i];
            }
            double paramNorm = norm(w);
            double updateNorm = norm(update);
            double ratio = s.get("trustCoefficient") * paramNorm / (updateNorm + s.get("epsilon"));
            double safe = paramNorm == 0 || updateNorm == 0 ? 1 : ratio;
            double[] next = w.clone();
            for (int i = 0; i < w.length; i++) {
              trace[i] = -lr * (safe * update[i]) + s.get("momentum") * trace[i];
              next[i] += trace[i];
            }
            return next;
          };
        });
    TRANSCRIPTIONS.put(
        "lamb KERAS",
        (s, rows, columns, vector) -> {
          double[] m = new double[rows * columns];
          double[] v = new double[rows * columns];
          return (w, g, lr, t) -> {
            double[] variable = w.clone();
            for (int i = 0; i < w.length; i++) {
              variable[i] -= variable[i] * s.get("weightDecay") * lr;
            }
            double beta1Power = Math.pow(s.get("beta1"), t);
            double beta2Power = Math.pow(s.get("beta2"), t);
            double[] update = new double[w.length];
            for (int i = 0; i < w.length; i++) {
              m[i] += (g[i] - m[i]) * (1 - s.get("beta1"));
              v[i] += (g[i] * g[i] - v[i]) * (1 - s.get("beta2"));
              double sqrtV = Math.sqrt(v[i] / (1 - beta2Power));
              update[i] = m[i] / (1 - beta1Power) / (sqrtV + s.get("epsilon"));
            }
            double wNorm = norm(variable);
            double gNorm = norm(update);
            double ratio = wNorm > 0 ? (gNorm > 0 ? wNorm / gNorm : 1) : 1;
            for (int i = 0; i < w.length; i++) {
              variable[i] -= ratio * lr * update[i];
            }
            return variable;
          };
        });
    Maker adafactor =
        (s, rows, columns, vector) -> {
          double[] r = new double[rows];
          double[] c = new double[columns];
          double[] v = new double[rows * columns];
          return (w, g, lr, t) -> {
            double rho = Math.min(lr, 1 / Math.sqrt(t));
            double alpha = Math.max(s.get("epsilon2"), norm(w) / Math.sqrt(w.length)) * rho;
            double beta2 = 1 - Math.pow(t, s.get("beta2Decay"));
            factor(r, c, v, g, beta2, s.get("epsilon1"), vector);
            return clipped(w, g, v, s.get("threshold"), alpha);
          };
        };
    TRANSCRIPTIONS.put("adafactor PAPER", adafactor);
    TRANSCRIPTIONS.put("adafactor KERAS", adafactor);
    TRANSCRIPTIONS.put(
        "adafactor OPTAX",
        (s, rows, columns, vector) -> {
          double[] r = new double[rows];
          double[] c = new double[columns];
          double[] v = new double[rows * columns];
          boolean apart = vector || Math.min(rows, columns) < s.get("leastSize");
          return (w, g, lr, t) -> {
            factor(r, c, v, g, 1 - Math.pow(t, s.get("beta2Decay")), s.get("epsilon1"), apart);
            double size = Math.max(s.get("epsilon2"), norm(w) / Math.sqrt(w.length));
            double[] next = clipped(w, g, v, s.get("threshold"), lr * size);
            for (int i = 0; i < w.length; i++) {
              next[i] -= s.get("weightDecay") * w[i];
            }
            return next;
          };
        });
    TRANSCRIPTIONS.put(
        "muon KERAS",
        (s, rows, columns, vector) -> {
          double[] m = new double[rows * columns];
          return (w, g, lr, t) -> {
            double[] u = g.clone();
            for (int i = 0; i < w.length; i++) {
              m[i] += g[i] + m[i] * (s.get("momentum") - 1);
              u[i] += s.get("momentum") * m[i];
            }
            double[] o = newtonSchulz(u, rows, columns, s.get("epsilon"), s.get("iterations"));
            double[] next = w.clone();
            for (int i = 0; i < w.length; i++) {
              next[i] -= w[i] * s.get("weightDecay") * lr;
              next[i] -= lr * o[i] * Math.sqrt(Math.max(rows, columns)) * s.get("rmsRate");
            }
            return next;
          };
        });
    TRANSCRIPTIONS.put(
        "muon OPTAX",
        (s, rows, columns, vector) -> {
          double[] mu = new double[rows * columns];
          double beta = s.get("momentum");
          return (w, g, lr, t) -> {
            double[] hat = new double[w.length];
            for (int i = 0; i < w.length; i++) {
              mu[i] = (1 - beta) * g[i] + beta * mu[i];
              hat[i] =
                  beta * (mu[i] / (1 - Math.pow(beta, t + 1)))
                      + (1 - beta) * (g[i] / (1 - Math.pow(beta, t)));
            }
            double[] o = newtonSchulz(hat, rows, columns, s.get("epsilon"), s.get("iterations"));
            double scale = Math.sqrt(Math.max(1, (double) columns / rows));
            double[] next = w.clone();
            for (int i = 0; i < w.length; i++) {
              next[i] -= lr * (scale * o[i] + s.get("weightDecay") * w[i]);
            }
            return next;
          };
        });
    TRANSCRIPTIONS.put(
        "shampoo PAPER",
        (s, rows, columns, vector) -> {
          double[][] l = diagonal(rows, s.get("epsilon"));
          double[][] r = diagonal(columns, s.get("epsilon"));
          return (w, g, lr, t) -> {
            for (int i = 0; i < w.length; i++) {
              for (int j = 0; j < w.length; j++) {
                if (i % columns == j % columns) {
                  l[i / columns][j / columns] += g[i] * g[j];
                }
                if (i / columns == j / columns) {
                  r[i % columns][j % columns] += g[i] * g[j];
                }
              }
            }
            double[][] left = inverseRoot(inverse(inverseRoot(l)));
            double[][] right = inverseRoot(inverse(inverseRoot(r)));
            double[] next = w.clone();
            for (int i = 0; i < w.length; i++) {
              for (int j = 0; j < w.length; j++) {
                double a = left[i / columns][j / columns] * right[j % columns][i % columns];
                next[i] -= lr * a * g[j];
              }
            }
            return next;
          };
        });
  }

  /** Settings that let every letter of a formula show. */
  private static final Map<String, String> TELLING =
      Map.ofEntries(
          Map.entry("learningRate", "0.3"),
          Map.entry("beta1", "0.7"),
          Map.entry("beta2", "0.8"),
          Map.entry("momentum", "0.6"),
          Map.entry("trustCoefficient", "0.1"),
          Map.entry("epsilon", "0.03"),
          Map.entry("weightDecay", "0.2"),
          Map.entry("beta2Decay", "-0.4"),
          Map.entry("epsilon1", "0.01"),
          Map.entry("epsilon2", "0.9"),
          Map.entry("threshold", "0.8"),
          Map.entry("leastSize", "3"),
          Map.entry("iterations", "3"),
          Map.entry("rmsRate", "0.3"));

  private static double[][] diagonal(int n, double value) {
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = value;
    }
    return a;
  }

  /** The inverse of a matrix's root, by Denman and Beavers' iteration: no eigenvectors. */
  private static double[][] inverseRoot(double[][] a) {
    double[][] y = a;
    double[][] z = diagonal(a.length, 1);
    for (int iteration = 0; iteration < 60; iteration++) {
      double[][] inverseY = inverse(y);
      double[][] inverseZ = inverse(z);
      y = mean(y, inverseZ);
      z = mean(z, inverseY);
    }
    return z;
  }

  private static double[][] mean(double[][] a, double[][] b) {
    double[][] mean = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        mean[i][j] = (a[i][j] + b[i][j]) / 2;
      }
    }
    return mean;
  }

  /** Gauss and Jordan, without a choice of pivots: the matrices are positive definite. */
  private static double[][] inverse(double[][] a) {
    int n = a.length;
    double[][] left = new double[n][];
    for (int i = 0; i < n; i++) {
      left[i] = a[i].clone();
    }
    double[][] right = diagonal(n, 1);
    for (int k = 0; k < n; k++) {
      double pivot = left[k][k];
      for (int j = 0; j < n; j++) {
        left[k][j] /= pivot;
        right[k][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = left[i][k];
        if (i != k) {
          for (int j = 0; j < n; j++) {
            left[i][j] -= factor * left[k][j];
            right[i][j] -= factor * right[k][j];
          }
        }
      }
    }
    return right;
  }

  /** Second moments of all coordinates, from those of rows and columns unless they are apart. */
  private static void factor(
      double[] r, double[] c, double[] v, double[] g, double beta2, double epsilon, boolean apart) {
    double[] regulated = Arrays.stream(g).map(x -> x * x + epsilon).toArray();
    int columns = c.length;
    for (int i = 0; i < r.length; i++) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += regulated[i * columns + j];
      }
      r[i] = beta2 * r[i] + (1 - beta2) * sum / columns;
    }
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < r.length; i++) {
        sum += regulated[i * columns + j];
      }
      c[j] = beta2 * c[j] + (1 - beta2) * sum / r.length;
    }
    double mean = Arrays.stream(r).sum() / r.length;
    for (int k = 0; k < v.length; k++) {
      v[k] =
          apart
              ? beta2 * v[k] + (1 - beta2) * regulated[k]
              : r[k / columns] / mean * c[k % columns];
    }
  }

  private static double[] clipped(
      double[] w, double[] g, double[] v, double threshold, double alpha) {
    double[] u = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      u[i] = g[i] / Math.sqrt(v[i]);
    }
    double rms = norm(u) / Math.sqrt(w.length);
    double[] next = w.clone();
    for (int i = 0; i < w.length; i++) {
      next[i] -= alpha * (u[i] / Math.max(1, rms / threshold));
    }
    return next;
  }

  /** With products of the larger kind where the matrix is tall: x (a + b x'x + c (x'x)^2). */
  private static double[] newtonSchulz(
      double[] u, int rows, int columns, double epsilon, double steps) {
    double[][] x = new double[rows][columns];
    for (int i = 0; i < u.length; i++) {
      x[i / columns][i % columns] = u[i] / (norm(u) + epsilon);
    }
    for (int step = 0; step < steps; step++) {
      double[][] gram = product(transposed(x), x);
      double[][] square = product(gram, gram);
      double[][] polynomial = new double[columns][columns];
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++) {
          polynomial[i][j] = (i == j ? 3.4445 : 0) - 4.7750 * gram[i][j] + 2.0315 * square[i][j];
        }
      }
      x = product(x, polynomial);
    }
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c[i].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(each -> each * each).sum());
  }

  @TestFactory
  Stream<DynamicTest> followsTheLibrary() {
    return TRANSCRIPTIONS.entrySet().stream()
        .flatMap(entry ->
            Stream.of(Shape.of(4, 3), Shape.of(2, 5), Shape.of(6))
                .flatMap(shape ->
                    Stream.of(Map.<String, String>of(), TELLING)
                        .map(settings ->
                            dynamicTest(
                                "%s, %s, %s"
                                    .formatted(
                                        entry.getKey(),
                                        shape,
                                        settings.isEmpty() ? "defaults" : "telling settings"),
                                () -> check(entry.getKey(), entry.getValue(), shape, settings)))));
  }

  private static void check(String key, Maker maker, Shape shape, Map<String, String> wanted) {
    String rule = key.substring(0, key.indexOf(' '));
    Dialect dialect = Dialect.of(key.substring(key.indexOf(' ') + 1));
    Map<String, String> changes = new LinkedHashMap<>(wanted);
    changes.keySet().retainAll(Dialects.settings(dialect, rule).keySet());
    Rules.Choice choice = Dialects.choose(dialect, rule, changes);
    Map<String, Double> settings = new LinkedHashMap<>();
    Dialects.settings(dialect, rule)
        .forEach((name, value) ->
            settings.put(name, Double.valueOf(changes.getOrDefault(name, value.toString()))));

    SplittableRandom random = new SplittableRandom(11);
    double[] start = random.doubles(shape.size(), -1, 1).toArray();
    boolean vector = shape.rank() < 2;
    int rows = shape.length(0);
    Library library = maker.make(settings, rows, shape.size() / rows, vector);
    Replay replay = new Replay(choice.rule(), shape, start);
    double[] expected = start.clone();
    double size = norm(start);
    for (int t = 1; t <= STEPS; t++) {
      double lr = t <= STEPS / 2 ? choice.learningRate() : choice.learningRate() / 4;
      double[] g = random.doubles(shape.size(), -1, 2).toArray();
      g[0] *= 1e-4;
      replay.step(lr, g);
      expected = library.step(expected, g, lr, t);
      size = Math.max(size, norm(expected));
      for (int i = 0; i < g.length; i++) {
        assertThat(replay.values()[i])
            .as("coordinate %d after step %d", i, t)
            .isCloseTo(expected[i], within(1e-12 * size));
      }
    }
    double[] moved = expected.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= start[i];
    }
    assertThat(norm(moved)).as("it moves").isGreaterThan(1e-3 * size);
  }
}
