package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import dev.descent.core.tensor.Windows;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What holds for every operation: its result and its first and second derivatives are those of the
 * mathematics in {@link OperationTable}.
 *
 * <p>Derivatives are compared with central differences in double precision. A derivative of a loss
 * is a sum over the elements of the result. Its error is taken relative to the sum of these terms'
 * magnitudes, the greatest for the operand, or to 0.01 where that is smaller: so terms that cancel
 * may leave a rounding error behind.
 */
class OperationProperties {
  private static final double RELATIVE_ERROR = 1e-4;
  private static final double SMALL = 0.01;

  private static final List<Case> CASES = OperationTable.cases();

  @Provide
  static Arbitrary<Case> cases() {
    return Arbitraries.of(CASES);
  }

  /** Those with few numbers: second derivatives take four evaluations for each of them. */
  @Provide
  static Arbitrary<Case> smallCases() {
    return Arbitraries.of(CASES.stream().filter(each -> each.size() <= 16).toList());
  }

  @Example
  void everyOperationIsInTheTable() {
    Set<Class<?>> inTable =
        CASES.stream().map(each -> each.on(each.draw()).getClass()).collect(Collectors.toSet());

    assertThat(inTable).containsExactlyInAnyOrderElementsOf(operations()).hasSizeGreaterThan(50);
  }

  /** All operations of this module, found among its compiled classes. */
  static Set<Class<?>> operations() {
    return Stream.of(Op.class, Add.class)
        .flatMap(OperationProperties::neighbours)
        .filter(type -> Op.class.isAssignableFrom(type) && !type.isInterface())
        .collect(Collectors.toSet());
  }

  /** The classes of a class's package. */
  private static Stream<Class<?>> neighbours(Class<?> type) {
    try {
      URI file = type.getResource(type.getSimpleName() + ".class").toURI();
      return Stream.of(new File(file).getParentFile().list())
          .filter(name -> name.endsWith(".class"))
          .map(name -> load(type.getPackageName() + "." + name.replace(".class", "")));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void theResultIsThatOfTheMathematics(@ForAll("cases") Case test) {
    List<Tensor> inputs = test.draw();

    Tensor result = test.on(inputs).evaluate();

    DoubleTensor exact = test.exactly(inputs.stream().map(DoubleTensor::of).toList());
    assertThat(result.shape().toArray()).containsExactly(exact.shape());
    for (int i = 0; i < result.size(); i++) {
      float element = result.array()[result.offset() + i];
      double ulps = test.accuracy().error(element, exact.elements()[i]);
      if (!(ulps <= test.accuracy().ulps())) {
        fail("element %d is %s, exactly %s: %s ulps", i, element, exact.elements()[i], ulps);
      }
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void arraysMayHoldMoreThanTheTensor(@ForAll("cases") Case test) {
    List<Tensor> inputs = test.draw();
    Tensor expected = test.on(inputs).evaluate();
    float[] out = new float[3 + expected.size() + 2];
    Arrays.fill(out, Float.NaN);

    test.on(inputs.stream().map(input -> Windows.padded(input, 5)).toList()).forward(out, 3);

    float[] padded = new float[out.length];
    Arrays.fill(padded, Float.NaN);
    System.arraycopy(expected.array(), expected.offset(), padded, 3, expected.size());
    assertThat(out).containsExactly(padded);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void gradientsAreCentralDifferences(@ForAll("cases") Case test) {
    List<Parameter> inputs = test.draw().stream().map(Parameter::of).toList();
    Tensor result = test.on(inputs).evaluate();
    DoubleTensor weights = weights(test, result);

    List<Tensor> gradients =
        Backward.gradients(result.times(weights.toTensor()).sum(), inputs, false);

    assertClose(
        gradients, inputs, x -> DoubleTensor.zip(test.exactly(x), weights, (y, w) -> y * w), 1e-5);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void whatDerivativesComputeInMayHoldAnything(@ForAll("cases") Case test) {
    Tensor result = test.on(test.draw().stream().map(Parameter::of).toList()).evaluate();
    Tensor weights = weights(test, result).toTensor();

    List<float[]> expected = FilledMemory.contributions(result, weights, 0);
    List<float[]> actual = FilledMemory.contributions(result, weights, Float.NaN);

    assertThat(actual).containsExactlyElementsOf(expected);
  }

  /**
   * The second derivatives of {@code sum of w y^2}, multiplied with a vector v: squared, so that
   * they do not vanish for a linear operation.
   */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void secondDerivativesAreCentralDifferencesOfTheFirst(@ForAll("smallCases") Case test) {
    List<Parameter> inputs = test.draw().stream().map(Parameter::of).toList();
    List<DoubleTensor> vector = inputs.stream().map(input -> weights(test, input)).toList();
    Tensor result = test.on(inputs).evaluate();
    DoubleTensor weights = weights(test, result);
    Tensor loss = result.square().times(weights.toTensor()).sum();

    Tensor alongVector = Tensor.scalar(0);
    List<Tensor> gradients = Backward.gradients(loss, inputs, true);
    for (int i = 0; i < inputs.size(); i++) {
      alongVector = alongVector.plus(gradients.get(i).times(vector.get(i).toTensor()).sum());
    }
    List<Tensor> second =
        alongVector.requiresGradient()
            ? Backward.gradients(alongVector, inputs, false)
            : inputs.stream().map(input -> Tensor.zeros(input.shape())).toList();

    double step = 1e-4;
    Function<List<DoubleTensor>, DoubleTensor> terms =
        x -> DoubleTensor.zip(test.exactly(x), weights, (y, w) -> y * y * w);
    assertClose(
        second,
        inputs,
        x ->
            DoubleTensor.zip(
                terms.apply(moved(x, vector, step)),
                terms.apply(moved(x, vector, -step)),
                (above, below) -> (above - below) / (2 * step)),
        step);
  }

  private static DoubleTensor weights(Case test, Tensor like) {
    float[] numbers = Case.Numbers.NONZERO.draw(like.size(), test.random().split());
    return DoubleTensor.of(Tensor.of(like.shape(), numbers));
  }

  private static List<DoubleTensor> moved(
      List<DoubleTensor> from, List<DoubleTensor> along, double step) {
    List<DoubleTensor> result = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      result.add(DoubleTensor.zip(from.get(i), along.get(i), (x, v) -> x + step * v));
    }
    return result;
  }

  /** Compares with the central differences of a sum, given as its terms before adding up. */
  private static void assertClose(
      List<Tensor> actual,
      List<? extends Tensor> inputs,
      Function<List<DoubleTensor>, DoubleTensor> terms,
      double step) {
    List<DoubleTensor> at = inputs.stream().map(DoubleTensor::of).toList();
    for (int input = 0; input < at.size(); input++) {
      double[] elements = at.get(input).elements();
      double[] exact = new double[elements.length];
      double scale = SMALL;
      for (int i = 0; i < elements.length; i++) {
        double here = elements[i];
        elements[i] = here + step;
        DoubleTensor above = terms.apply(at);
        elements[i] = here - step;
        DoubleTensor below = terms.apply(at);
        elements[i] = here;
        DoubleTensor slopes = DoubleTensor.zip(above, below, (a, b) -> (a - b) / (2 * step));
        exact[i] = slopes.sum();
        scale = Math.max(scale, slopes.map(Math::abs).sum());
      }

      DoubleTensor derivative = DoubleTensor.of(actual.get(input));
      assertThat(derivative.shape()).containsExactly(at.get(input).shape());
      for (int i = 0; i < exact.length; i++) {
        double error = Math.abs(derivative.elements()[i] - exact[i]);
        if (!(error <= RELATIVE_ERROR * scale)) {
          fail(
              "derivative %d of operand %d is %s; the difference quotient is %s, the scale %s",
              i, input, derivative.elements()[i], exact[i], scale);
        }
      }
    }
  }
}
