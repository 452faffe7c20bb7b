package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Muon;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * Muon whose momentum is corrected for its start, and whose scale takes rows for inputs: optax's
 * form.
 *
 * <pre>
 * m = momentum m + (1 - momentum) g
 * mHat = m / (1 - momentum^(t + 1))
 * gHat = g / (1 - momentum^t)
 * u = momentum mHat + (1 - momentum) gHat
 * x = u / (|u| + epsilon)                    transposed, if it has more rows than columns
 * x = 3.4445 x + (-4.775 x x' + 2.0315 (x x')^2) x,   iterations times
 * o = x                                      transposed back
 * scale = sqrt(max(1, columns / rows))
 * theta = theta - lr scale o - lr weightDecay theta
 * </pre>
 *
 * <p><b>Source.</b> {@code optax.contrib.muon}. JAX keeps weights as inputs by outputs, so that its
 * scale is PyTorch's for the transposed matrix. optax moves what is no matrix by Adam; here a
 * vector is a matrix of one column.
 *
 * <p><b>State.</b> m, zero at first, o, the direction of the step, and the scale; t counts the
 * steps from 1.
 *
 * @param momentum the weight of the past, {@code 0 <= momentum < 1}
 * @param weightDecay as in AdamW, {@code weightDecay >= 0}
 * @param epsilon added to the norm, {@code epsilon >= 0}
 * @param iterations how often the polynomial is applied, {@code iterations >= 1}
 */
public record CorrectedMuon(double momentum, double weightDecay, double epsilon, long iterations)
    implements UpdateRule {
  /** Checks the ranges. */
  public CorrectedMuon {
    Check.belowOne("momentum", momentum);
    Check.notNegative("weightDecay", weightDecay);
    Check.notNegative("epsilon", epsilon);
    Check.steps("iterations", iterations);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Muon.M, Muon.O);
  }

  @Override
  public List<Slot> common() {
    return List.of(Muon.SCALE);
  }

  @Override
  public void prepare(Whole whole) {
    long t = whole.step();
    DoubleMatrix g = whole.matrix(Coordinate::gradient).times(1 - momentum);
    DoubleMatrix m = whole.set(Muon.M, whole.matrix(Muon.M).times(momentum).plus(g));
    DoubleMatrix mHat = m.times(1 / (1 - Coordinate.power(momentum, t + 1)));
    DoubleMatrix gHat = g.times(1 / (1 - Coordinate.power(momentum, t)));
    DoubleMatrix u = mHat.times(momentum).plus(gHat);
    whole.set(Muon.O, Muon.orthogonal(u, u.norm() + epsilon, iterations));
    int rows = Extent.rows(whole.shape());
    int columns = Extent.columns(whole.shape());
    whole.set(Muon.SCALE, Math.sqrt(Math.max(1, (double) columns / rows)));
  }

  @Override
  public double delta(Coordinate c) {
    double decay = c.note("decay", weightDecay * c.value());
    return -c.learningRate() * (c.get(Muon.SCALE) * c.get(Muon.O) + decay);
  }
}
