package dev.descent.examples.vision;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What can be seen in a picture: figures about the origin, which reach as far as 1 from it. Each is
 * a function that is negative inside and positive outside; near the edge it is the distance to it.
 * Where two figures are joined it is the smaller one of theirs, where they overlap the larger one.
 */
enum Figure {
  DISC {
    @Override
    double distance(double x, double y) {
      return disc(x, y, 0.85);
    }
  },
  RING {
    @Override
    double distance(double x, double y) {
      return Math.abs(disc(x, y, 0.72)) - 0.2;
    }
  },
  CRESCENT {
    @Override
    double distance(double x, double y) {
      return Math.max(disc(x + 0.15, y, 0.9), -disc(x - 0.3, y, 0.75));
    }
  },
  HALF_DISC {
    @Override
    double distance(double x, double y) {
      return Math.max(disc(x, y + 0.4, 0.95), -y - 0.4);
    }
  },
  TRIANGLE {
    @Override
    double distance(double x, double y) {
      return beyond(x, y, 0.5, THREE)[2];
    }
  },
  SQUARE {
    @Override
    double distance(double x, double y) {
      return rectangle(x, y, 0.7, 0.7);
    }
  },
  /** Five lines; the middle lies on the inner side of all of them, a point of the star of four. */
  STAR {
    @Override
    double distance(double x, double y) {
      return beyond(x, y, 0.3, FIVE)[3];
    }
  },
  CROSS {
    @Override
    double distance(double x, double y) {
      return Math.min(rectangle(x, y, 0.95, 0.27), rectangle(x, y, 0.27, 0.95));
    }
  },
  /** A square on its corner, and a disc on each of its upper sides. */
  HEART {
    @Override
    double distance(double x, double y) {
      double right = Math.abs(x);
      double square = (right + Math.abs(y + 0.1)) * Math.sqrt(0.5) - 0.53;
      return Math.min(square, disc(right - 0.375, y - 0.275, 0.53));
    }
  },
  ARROW {
    @Override
    double distance(double x, double y) {
      double head = Math.max(-x, (x + Math.abs(y)) * Math.sqrt(0.5) - 0.62);
      return Math.min(head, rectangle(x + 0.5, y, 0.5, 0.2));
    }
  };

  /** All figures, in the order of their classes. */
  static final List<Figure> ALL = List.of(values());

  private static final double[][] THREE = directions(3);
  private static final double[][] FIVE = directions(5);

  /** How far a place is from the figure's edge. */
  abstract double distance(double x, double y);

  /** As people call it: {@code half disc}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static double disc(double x, double y, double radius) {
    return Math.sqrt(x * x + y * y) - radius;
  }

  static double rectangle(double x, double y, double halfWidth, double halfHeight) {
    return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
  }

  /** How far a place lies beyond each of some lines around the origin, in ascending order. */
  private static double[] beyond(double x, double y, double fromOrigin, double[][] directions) {
    double[] distances = new double[directions.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = x * directions[i][0] + y * directions[i][1] - fromOrigin;
    }
    Arrays.sort(distances);
    return distances;
  }

  /** As many directions, evenly spread. */
  private static double[][] directions(int number) {
    double[][] directions = new double[number][];
    for (int i = 0; i < number; i++) {
      double angle = 2 * Math.PI * i / number;
      directions[i] = new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
    }
    return directions;
  }
}
