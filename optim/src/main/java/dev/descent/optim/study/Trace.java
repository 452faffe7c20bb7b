package dev.descent.optim.study;

import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What an optimizer's next step will do, with every quantity that the rule names: {@link
 * Optimizer#trace}. Nothing moves. The rule's specification is run in double precision on the
 * parameters and state as they are and the gradients as the stages leave them; the step itself, in
 * float32, differs by rounding.
 *
 * <p>A trace costs a step and some memory, a step without a trace nothing at all.
 *
 * @param step which step of the optimizer it will be: 1 for the first
 * @param parameters by name, the trainable ones
 */
public record Trace(long step, SequencedMap<String, OfParameter> parameters) {
  /** Copies the map. */
  public Trace {
    parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Traces the next step of an optimizer.
   *
   * @throws IllegalStateException if a trainable parameter has no gradient, if a stage refuses the
   *     gradients, or if a schedule gives a learning rate that is not finite or negative
   */
  public static Trace of(Optimizer optimizer) {
    SequencedMap<String, Tracer> tracers = new LinkedHashMap<>();
    IdentityHashMap<ParameterGroup, List<Tracer>> groups = new IdentityHashMap<>();
    optimizer
        .gradients()
        .forEach((name, gradient) -> {
          List<Tracer> group =
              groups.computeIfAbsent(optimizer.group(name), _ -> new ArrayList<>());
          Tracer tracer = new Tracer(optimizer, name, gradient, group);
          group.add(tracer);
          tracers.put(name, tracer);
        });
    groups.values().forEach(Tracer::prepare);
    SequencedMap<String, OfParameter> traces = new LinkedHashMap<>();
    tracers.forEach((name, tracer) -> traces.put(name, tracer.trace()));
    return new Trace(optimizer.stepsTaken() + 1, traces);
  }

  /**
   * The trace of one parameter.
   *
   * @throws IllegalArgumentException if there is no such parameter, or it is frozen
   */
  public OfParameter parameter(String name) {
    return found(parameters, name, "trainable parameter");
  }

  static <T> T found(Map<String, T> among, String name, String kind) {
    T found = among.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no %s %s; expected one of %s".formatted(kind, name, among.keySet()));
    }
    return found;
  }

  /**
   * One parameter in one step.
   *
   * @param step which step of the parameter it is
   * @param learningRate the learning rate of that step
   * @param quantities one number for each coordinate: {@code value} before the step and {@code
   *     gradient} as the stages leave it; the rule's slots after the step, which may be numbers of
   *     rows or columns instead; what the rule notes on the way; {@code decay}, the weight decay
   *     beside the rule, where there is some; {@code delta}, the change of the value by both. NaN
   *     where the rule did not note a quantity
   * @param common the rule's numbers for the whole parameter
   */
  public record OfParameter(
      long step,
      double learningRate,
      SequencedMap<String, double[]> quantities,
      SequencedMap<String, Double> common) {
    /** Copies the maps. */
    public OfParameter {
      quantities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(quantities));
      common = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(common));
    }

    /**
     * A quantity, coordinate by coordinate.
     *
     * @throws IllegalArgumentException if the rule names no such quantity
     */
    public double[] quantity(String name) {
      return found(quantities, name, "quantity").clone();
    }

    /**
     * A quantity in a few numbers.
     *
     * @throws IllegalArgumentException if the rule names no such quantity
     */
    public Summary summary(String name) {
      return Summary.of(found(quantities, name, "quantity"));
    }

    /**
     * The norm of the change over the norm of the value; about 0.001 is usual. Infinite or NaN
     * where the value is zero.
     */
    public double updateToWeightRatio() {
      return summary("delta").norm() / summary("value").norm();
    }
  }

  /**
   * Numbers in a few numbers; all are NaN if there are none, and NaN counts as the greatest.
   *
   * @param minimum the least
   * @param lowerQuartile a quarter of the way up, between neighbours in proportion
   * @param median half of the way
   * @param upperQuartile three quarters of the way
   * @param maximum the greatest
   * @param mean the arithmetic mean
   * @param norm the root of the sum of squares
   */
  public record Summary(
      double minimum,
      double lowerQuartile,
      double median,
      double upperQuartile,
      double maximum,
      double mean,
      double norm) {
    /** Summarises numbers. */
    public static Summary of(double... numbers) {
      double[] sorted = numbers.clone();
      Arrays.sort(sorted);
      return new Summary(
          quantile(sorted, 0),
          quantile(sorted, 0.25),
          quantile(sorted, 0.5),
          quantile(sorted, 0.75),
          quantile(sorted, 1),
          Arrays.stream(numbers).average().orElse(Double.NaN),
          numbers.length == 0 ? Double.NaN : norm(numbers));
    }

    private static double quantile(double[] sorted, double share) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double place = share * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      double part = place - below;
      return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part;
    }

    /** Scaled, so that no square overflows. */
    private static double norm(double[] numbers) {
      double largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
      if (largest == 0 || !Double.isFinite(largest)) {
        return largest;
      }
      double sum = 0;
      for (double number : numbers) {
        sum += (number / largest) * (number / largest);
      }
      return largest * Math.sqrt(sum);
    }
  }
}
