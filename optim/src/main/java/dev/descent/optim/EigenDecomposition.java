package dev.descent.optim;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, in double precision and always by the same
 * operations in the same order: {@code a = v' diag(values) v}, with an eigenvector in each row of
 * v.
 *
 * <p>Householder reflections make the matrix tridiagonal, implicit QR steps with Wilkinson's shift
 * make that diagonal: G. Golub and C. Van Loan, "Matrix Computations", 4th edition, algorithms
 * 8.3.1 to 8.3.3. Errors are some 2^-53 of the largest eigenvalue. Multiplying the matrix by a
 * power of two multiplies the eigenvalues by it and changes nothing else.
 */
public final class EigenDecomposition {
  /** QR steps take two or three for each eigenvalue; that many are a sign of an error here. */
  private static final int STEPS_PER_VALUE = 60;

  private final double[] diagonal;
  private final double[] beside;
  private final double[][] vectors;

  private EigenDecomposition(double[][] a) {
    int n = a.length;
    diagonal = new double[n];
    beside = new double[n];
    vectors = new double[n][n];
    if (Arrays.stream(a).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
      makeTridiagonal(a);
      makeDiagonal();
    } else {
      Arrays.fill(diagonal, Double.NaN);
    }
  }

  /**
   * Decomposes a symmetric matrix. If an element is not a finite number, all eigenvalues are NaN.
   *
   * @param symmetric of which the lower triangle is read
   * @throws IllegalArgumentException if there are not as many rows as columns
   */
  public static EigenDecomposition of(DoubleMatrix symmetric) {
    int n = symmetric.rows();
    if (n != symmetric.columns()) {
      throw new IllegalArgumentException(
          "%d by %d has no eigenvalues; expected as many rows as columns"
              .formatted(n, symmetric.columns()));
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = symmetric.get(i, j);
        a[j][i] = a[i][j];
      }
    }
    return new EigenDecomposition(a);
  }

  /** The eigenvalues, in no particular order. */
  public double[] values() {
    return diagonal.clone();
  }

  /** The largest eigenvalue; 0 if the matrix is empty. */
  public double largest() {
    return Arrays.stream(diagonal).max().orElse(0);
  }

  /** The eigenvectors, of length 1, in the rows of a matrix and the order of the values. */
  public DoubleMatrix vectors() {
    int n = diagonal.length;
    return DoubleMatrix.of(n, n, Arrays.stream(vectors).flatMapToDouble(Arrays::stream).toArray());
  }

  /** The matrix with the same eigenvectors and a function of each eigenvalue in its place. */
  public DoubleMatrix map(DoubleUnaryOperator function) {
    int n = diagonal.length;
    double[] scaled = new double[n * n];
    for (int i = 0; i < n; i++) {
      double value = function.applyAsDouble(diagonal[i]);
      for (int j = 0; j < n; j++) {
        scaled[i * n + j] = value * vectors[i][j];
      }
    }
    return vectors().transposed().times(DoubleMatrix.of(n, n, scaled));
  }

  /**
   * {@code h a h} for reflections h, one after the other, until only the diagonal and its neighbour
   * are left; and the product of the reflections.
   */
  private void makeTridiagonal(double[][] a) {
    int n = a.length;
    double[][] reflections = new double[n][];
    for (int k = 0; k + 1 < n; k++) {
      double[] v = Arrays.copyOf(a[k], n);
      double norm = Math.sqrt(dot(v, v, k + 1));
      double image = -Math.copySign(norm, v[k + 1]);
      diagonal[k] = a[k][k];
      beside[k] = image;
      v[k + 1] -= image;
      double length = Math.sqrt(dot(v, v, k + 1));
      for (int i = k + 1; i < n; i++) {
        v[i] = Coordinate.ratio(v[i], length);
      }
      reflections[k] = v;
      reflect(a, v, k + 1);
    }
    if (n > 0) {
      diagonal[n - 1] = a[n - 1][n - 1];
    }
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int k = n - 2; k >= 0; k--) {
      for (int i = k + 1; i < n; i++) {
        add(vectors[i], -2 * dot(vectors[i], reflections[k], k + 1), reflections[k], k + 1);
      }
    }
  }

  /** {@code a = (1 - 2 v v') a (1 - 2 v v')} for its rows and columns from {@code from} on. */
  private static void reflect(double[][] a, double[] v, int from) {
    double[] w = new double[v.length];
    for (int i = from; i < v.length; i++) {
      w[i] = 2 * dot(a[i], v, from);
    }
    add(w, -dot(w, v, from), v, from);
    for (int i = from; i < v.length; i++) {
      add(a[i], -v[i], w, from);
      add(a[i], -w[i], v, from);
    }
  }

  /** Deflates from below: the lowest block that hangs together gets one QR step after the other. */
  private void makeDiagonal() {
    int high = diagonal.length - 1;
    long left = (long) STEPS_PER_VALUE * diagonal.length;
    while (high > 0) {
      int low = high;
      while (low > 0 && !isNegligible(low - 1)) {
        low--;
      }
      if (low == high) {
        high--;
      } else if (left-- > 0) {
        step(low, high);
      } else {
        throw new IllegalStateException("no eigenvalues after the usual number of steps");
      }
    }
  }

  /** Whether the element between two of the diagonal is lost beside them. */
  private boolean isNegligible(int i) {
    return Math.abs(beside[i]) <= 0x1p-53 * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]));
  }

  /** One QR step: rotations chase an element off the band down from the first to the last row. */
  private void step(int low, int high) {
    double half = (diagonal[high - 1] - diagonal[high]) / 2;
    double last = beside[high - 1];
    double shift =
        diagonal[high] - last * (last / (half + Math.copySign(length(half, last), half)));
    double x = diagonal[low] - shift;
    double z = beside[low];
    for (int k = low; k < high; k++) {
      double r = length(x, z);
      double cos = r == 0 ? 1 : x / r;
      double sin = r == 0 ? 0 : z / r;
      if (k > low) {
        beside[k - 1] = r;
      }
      double p = diagonal[k];
      double q = beside[k];
      double t = diagonal[k + 1];
      diagonal[k] = cos * (cos * p + sin * q) + sin * (cos * q + sin * t);
      diagonal[k + 1] = sin * (sin * p - cos * q) + cos * (cos * t - sin * q);
      beside[k] = cos * (cos * q + sin * t) - sin * (cos * p + sin * q);
      if (k + 1 < high) {
        x = beside[k];
        z = sin * beside[k + 1];
        beside[k + 1] *= cos;
      }
      rotate(vectors[k], vectors[k + 1], cos, sin);
    }
  }

  private static void rotate(double[] above, double[] below, double cos, double sin) {
    for (int i = 0; i < above.length; i++) {
      double x = above[i];
      double y = below[i];
      above[i] = cos * x + sin * y;
      below[i] = cos * y - sin * x;
    }
  }

  private static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private static double dot(double[] x, double[] y, int from) {
    double sum = 0;
    for (int i = from; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** {@code x += factor y}. */
  private static void add(double[] x, double factor, double[] y, int from) {
    for (int i = from; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
