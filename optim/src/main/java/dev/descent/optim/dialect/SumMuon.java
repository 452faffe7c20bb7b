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
 * Muon with a sum of gradients instead of an average, and with steps of the size that AdamW's have:
 * Keras's form.
 *
 * <pre>
 * m = momentum m + g
 * u = momentum m + g
 * x = u / (|u| + epsilon)                    transposed, if it has more rows than columns
 * x = 3.4445 x + (-4.775 x x' + 2.0315 (x x')^2) x,   iterations times
 * o = x                                      transposed back
 * scale = rmsRate sqrt(max(rows, columns))
 * theta = theta - lr scale o - lr weightDecay theta
 * </pre>
 *
 * <p><b>Source.</b> {@code keras.optimizers.Muon} of Keras 3.13; the scale from J. Liu and others,
 * "Muon is Scalable for LLM Training", arXiv 2502.16982 (2025), equation 4. Keras moves what is no
 * matrix by AdamW; here a vector is a matrix of one column.
 *
 * <p><b>State.</b> m, zero at first, o, the direction of the step, and the scale.
 *
 * @param momentum the part of the sum that stays, {@code 0 <= momentum < 1}
 * @param weightDecay as in AdamW, {@code weightDecay >= 0}
 * @param epsilon added to the norm, {@code epsilon >= 0}
 * @param iterations how often the polynomial is applied, {@code iterations >= 1}
 * @param rmsRate the root mean square of a step of learning rate 1, about; {@code rmsRate >= 0}
 */
public record SumMuon(
    double momentum, double weightDecay, double epsilon, long iterations, double rmsRate)
    implements UpdateRule {
  /** Checks the ranges. */
  public SumMuon {
    Check.belowOne("momentum", momentum);
    Check.notNegative("weightDecay", weightDecay);
    Check.notNegative("epsilon", epsilon);
    Check.steps("iterations", iterations);
    Check.notNegative("rmsRate", rmsRate);
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
    DoubleMatrix g = whole.matrix(Coordinate::gradient);
    DoubleMatrix m = whole.set(Muon.M, whole.matrix(Muon.M).times(momentum).plus(g));
    DoubleMatrix u = m.times(momentum).plus(g);
    whole.set(Muon.O, Muon.orthogonal(u, u.norm() + epsilon, iterations));
    int longest = Math.max(Extent.rows(whole.shape()), Extent.columns(whole.shape()));
    whole.set(Muon.SCALE, rmsRate * Math.sqrt(longest));
  }

  @Override
  public double delta(Coordinate c) {
    double decay = c.note("decay", weightDecay * c.value());
    return -c.learningRate() * (c.get(Muon.SCALE) * c.get(Muon.O) + decay);
  }
}
