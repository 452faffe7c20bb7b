package dev.descent.optim.law;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.study.FloatReplay;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The two ways in which a rule runs; most laws hold for both. */
public enum Precision {
  /** The specification, in double. */
  DOUBLE {
    @Override
    public Run start(UpdateRule rule, Shape shape) {
      Replay replay = new Replay(rule, shape, new double[shape.size()]);
      return new Run() {
        @Override
        public double[] step(double learningRate, float[] gradients) {
          return replay.step(learningRate, doubles(gradients));
        }

        @Override
        public double[] state(Slot slot) {
          return replay.state(slot);
        }
      };
    }

    @Override
    public Journey from(UpdateRule rule, Shape shape, float[] start) {
      Replay replay = new Replay(rule, shape, doubles(start));
      return new Journey() {
        @Override
        public void step(double learningRate, float[] gradients) {
          replay.step(learningRate, doubles(gradients));
        }

        @Override
        public double[] values() {
          return replay.values();
        }

        @Override
        public double[] state(Slot slot) {
          return replay.state(slot);
        }

        @Override
        public double common(Slot slot) {
          return replay.common(slot);
        }
      };
    }
  },

  /** An optimizer, in float32: the kernel, or the specification where kernels are switched off. */
  FLOAT {
    @Override
    public Run start(UpdateRule rule, Shape shape) {
      Parameter parameter = Parameter.of(shape, new float[shape.size()]);
      SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("p", parameter);
      double[] rate = new double[1];
      Optimizer optimizer = new Optimizer(parameters, rule, stepsTaken -> rate[0]);
      return new Run() {
        @Override
        public double[] step(double learningRate, float[] gradients) {
          rate[0] = learningRate;
          Arrays.fill(parameter.array(), 0);
          setGradient(parameter, gradients);
          optimizer.step();
          return doubles(parameter.toArray());
        }

        @Override
        public double[] state(Slot slot) {
          return doubles(optimizer.state("p", slot).toArray());
        }
      };
    }

    @Override
    public Journey from(UpdateRule rule, Shape shape, float[] start) {
      FloatReplay replay = new FloatReplay(rule, shape, doubles(start));
      return new Journey() {
        @Override
        public void step(double learningRate, float[] gradients) {
          replay.step(learningRate, doubles(gradients));
        }

        @Override
        public double[] values() {
          return replay.values();
        }

        @Override
        public double[] state(Slot slot) {
          return replay.state(slot);
        }

        @Override
        public double common(Slot slot) {
          return replay.common(slot);
        }
      };
    }
  };

  /** A rule at work on gradients that do not depend on where it goes. */
  public interface Run {
    /**
     * Takes a step.
     *
     * @return the change of each coordinate, as it is before it is added to the value
     */
    double[] step(double learningRate, float[] gradients);

    /** The slot's value for each coordinate. */
    double[] state(Slot slot);
  }

  /** A rule at work on a parameter that goes where it is moved. */
  public interface Journey {
    /** Takes a step. */
    void step(double learningRate, float[] gradients);

    /** The value of each coordinate. */
    double[] values();

    /** The slot's value for each coordinate, or whatever it has numbers for. */
    double[] state(Slot slot);

    /** A number of the whole parameter. */
    double common(Slot slot);
  }

  /** A run with fresh state. */
  public abstract Run start(UpdateRule rule, Shape shape);

  /** A run of a vector with fresh state. */
  public Run start(UpdateRule rule, int coordinates) {
    return start(rule, Shape.of(coordinates));
  }

  /** A journey with fresh state. */
  public abstract Journey from(UpdateRule rule, Shape shape, float[] start);

  /** Runs all steps with one learning rate; gives {@code [step][coordinate]}. */
  public double[][] deltas(UpdateRule rule, double learningRate, float[][] gradients) {
    Run run = start(rule, gradients[0].length);
    double[][] deltas = new double[gradients.length][];
    for (int t = 0; t < deltas.length; t++) {
      deltas[t] = run.step(learningRate, gradients[t]);
    }
    return deltas;
  }

  /** Gives a parameter this gradient, the way a loss would. */
  public static void setGradient(Parameter parameter, float[] gradient) {
    parameter.clearGradient();
    parameter.times(Tensor.of(parameter.shape(), gradient.clone())).sum().backward();
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
