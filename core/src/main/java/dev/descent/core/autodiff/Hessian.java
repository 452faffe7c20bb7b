package dev.descent.core.autodiff;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The matrix of a loss's second derivatives, never written out: it is only multiplied with vectors,
 * which have the shapes of the parameters.
 */
public final class Hessian {
  private final List<? extends Tensor> parameters;
  private final List<Tensor> gradients;

  private Hessian(List<? extends Tensor> parameters, List<Tensor> gradients) {
    this.parameters = parameters;
    this.gradients = gradients;
  }

  /**
   * The second derivatives of a loss, at the parameters' present values.
   *
   * @param loss a tensor of one element
   * @param parameters trainable parameters, or results on the way to the loss
   * @throws IllegalStateException if the loss has not one element, or no parameter to flow to
   * @throws IllegalArgumentException if a parameter is a constant or frozen
   */
  public static Hessian of(Tensor loss, List<? extends Tensor> parameters) {
    return new Hessian(List.copyOf(parameters), Backward.gradients(loss, parameters, true));
  }

  /**
   * The product with a vector, at the cost of about two backward passes (Pearlmutter 1994, "Fast
   * Exact Multiplication by the Hessian").
   *
   * @param vector a tensor for each parameter, of its shape
   * @return a tensor for each parameter, of its shape
   * @throws IllegalArgumentException if the shapes are not the parameters'
   */
  public List<Tensor> times(List<Tensor> vector) {
    check(vector);
    Tensor slope = NoGradient.recorded(() -> dot(gradients, vector));
    return slope.requiresGradient()
        ? Backward.gradients(slope, parameters, false)
        : parameters.stream().map(parameter -> Tensor.zeros(parameter.shape())).toList();
  }

  private void check(List<Tensor> vector) {
    boolean fits = vector.size() == parameters.size();
    for (int i = 0; fits && i < vector.size(); i++) {
      fits = vector.get(i).shape().equals(parameters.get(i).shape());
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "a vector of shapes %s; expected those of the parameters, %s"
              .formatted(
                  vector.stream().map(Tensor::shape).toList(),
                  parameters.stream().map(Tensor::shape).toList()));
    }
  }

  /**
   * The largest eigenvalue: how sharply the loss bends in the direction in which it bends up most.
   * By the method of Lanczos from a random vector; after a few dozen iterations right to three or
   * four digits, from below.
   *
   * @param iterations how many products to take at most, at least 1; fewer where the method has
   *     found all there is
   * @param seed where the random vector comes from
   * @return the eigenvalue, negative where the loss bends down in all directions; NaN if a second
   *     derivative is
   */
  public float largestEigenvalue(int iterations, long seed) {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "largest eigenvalue in " + iterations + " iterations; expected at least 1");
    }
    float[] diagonal = new float[iterations];
    float[] beside = new float[iterations];
    List<List<Tensor>> basis = new ArrayList<>();
    List<Tensor> next = random(seed);
    for (int i = 0; i < iterations; i++) {
      List<Tensor> direction = scaled(next, 1 / norm(next));
      List<Tensor> product = times(direction);
      basis.add(direction);
      diagonal[i] = dot(product, direction).item();
      next = product;
      // Twice against all earlier directions: rounding errors would bring them back otherwise.
      for (int pass = 0; pass < 2; pass++) {
        for (List<Tensor> earlier : basis) {
          next = plus(next, scaled(earlier, -dot(next, earlier).item()));
        }
      }
      float rest = norm(next);
      if (i + 1 == iterations || !(rest > 1e-6f * norm(product))) {
        return Tridiagonal.largestEigenvalue(diagonal, beside, i + 1);
      }
      beside[i] = rest;
    }
    throw new AssertionError("the last iteration returns");
  }

  private List<Tensor> random(long seed) {
    RandomStream random = RandomStream.of(seed, "hessian");
    List<Tensor> vector = new ArrayList<>();
    for (Tensor parameter : parameters) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat(-1, 1);
      }
      vector.add(Tensor.of(parameter.shape(), values));
    }
    return vector;
  }

  private static Tensor dot(List<Tensor> a, List<Tensor> b) {
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < a.size(); i++) {
      sum = sum.plus(a.get(i).times(b.get(i)).sum());
    }
    return sum;
  }

  private static float norm(List<Tensor> vector) {
    return dot(vector, vector).sqrt().item();
  }

  private static List<Tensor> scaled(List<Tensor> vector, float factor) {
    return vector.stream().map(each -> each.times(factor)).toList();
  }

  private static List<Tensor> plus(List<Tensor> a, List<Tensor> b) {
    List<Tensor> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i).plus(b.get(i)));
    }
    return sum;
  }
}
