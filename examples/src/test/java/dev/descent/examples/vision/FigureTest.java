package dev.descent.examples.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FigureTest {
  private static final int STEPS = 1000;
  private static final double WIDTH = 2.4 / STEPS;

  /** By the formulas of geometry. */
  private static final Map<Figure, Double> AREAS = new EnumMap<>(Figure.class);

  static {
    double tan36 = Math.tan(Math.toRadians(36));
    AREAS.put(Figure.DISC, Math.PI * 0.85 * 0.85);
    AREAS.put(Figure.RING, Math.PI * (0.92 * 0.92 - 0.52 * 0.52));
    AREAS.put(Figure.CRESCENT, Math.PI * 0.9 * 0.9 - lens(0.9, 0.75, 0.45));
    AREAS.put(Figure.HALF_DISC, Math.PI * 0.95 * 0.95 / 2);
    AREAS.put(Figure.TRIANGLE, 3 * Math.sqrt(3) * 0.5 * 0.5);
    AREAS.put(Figure.SQUARE, 1.4 * 1.4);
    // A regular pentagon, and a triangle on each of its sides.
    AREAS.put(Figure.STAR, 5 * 0.3 * 0.3 * (tan36 + tan36 * tan36 * Math.tan(Math.toRadians(72))));
    AREAS.put(Figure.CROSS, 2 * 1.9 * 0.54 - 0.54 * 0.54);
    AREAS.put(Figure.HEART, 1.06 * 1.06 + Math.PI * 0.53 * 0.53);
    AREAS.put(Figure.ARROW, 2 * 0.62 * 0.62 + 1 * 0.4);
  }

  /** What two circles have in common whose centres are so far from each other. */
  private static double lens(double r, double s, double apart) {
    double a = (apart * apart + r * r - s * s) / (2 * apart);
    double b = apart - a;
    return r * r * Math.acos(a / r)
        - a * Math.sqrt(r * r - a * a)
        + s * s * Math.acos(b / s)
        - b * Math.sqrt(s * s - b * b);
  }

  @ParameterizedTest
  @EnumSource
  void hasItsAreaWithinReach(Figure figure) {
    int inside = 0;
    for (int i = 0; i < STEPS; i++) {
      for (int j = 0; j < STEPS; j++) {
        double x = (i + 0.5) * WIDTH - 1.2;
        double y = (j + 0.5) * WIDTH - 1.2;
        if (figure.distance(x, y) < 0) {
          inside++;
          assertThat(Math.hypot(x, y)).isLessThan(1.1);
        }
      }
    }
    assertThat(inside * WIDTH * WIDTH).isCloseTo(AREAS.get(figure), within(0.008));
  }

  /**
   * So that edges are smooth: a step changes the distance by its length at most, and by that across
   * an edge.
   */
  @ParameterizedTest
  @EnumSource
  void isADistanceNearItsEdge(Figure figure) {
    double step = 1e-6;
    int onTheEdge = 0;
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 200; j++) {
        double x = (i + 0.5) * 0.012 - 1.2;
        double y = (j + 0.5) * 0.012 - 1.2;
        double here = figure.distance(x, y);
        double slope =
            Math.hypot(figure.distance(x + step, y) - here, figure.distance(x, y + step) - here)
                / step;
        assertThat(slope).isLessThan(1.01 * Math.sqrt(2)); // where two sides meet, one on each axis
        if (Math.abs(here) < 0.01) {
          onTheEdge += Math.abs(slope - 1) < 1e-3 ? 1 : 0;
        }
      }
    }
    assertThat(onTheEdge).isGreaterThan(300);
  }
}
