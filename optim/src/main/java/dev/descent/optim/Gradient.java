package dev.descent.optim;

import dev.descent.core.op.ScatterAddRows;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.RowGradient;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one parameter in one step, as a {@link GradientTransform} sees and changes it.
 *
 * <p>It is read from {@link #array} and written to {@link #replace}: the first transform reads what
 * the parameter holds, which is left alone, and writes to a buffer; the next one finds it there.
 *
 * <p>The elements are in {@link #units}: what belongs to one output of a layer. For a weight {@code
 * [out, in, ...]} that is a slice along the first axis, for a parameter with fewer axes the whole.
 * Of a parameter whose gradient is {@link Parameter#byRows} only the units are there that were
 * used.
 */
public final class Gradient {
  private final String name;
  private final Parameter parameter;
  private final boolean isByRows;
  private final int unitSize;
  private int units;
  private @Nullable RowGradient rows;
  private float[] array = {};
  private int offset;
  private float[] buffer = {};
  private boolean replaced;

  Gradient(String name, Parameter parameter) {
    this.name = name;
    this.parameter = parameter;
    isByRows = parameter.isByRows();
    units = parameter.shape().rank() < 2 ? 1 : parameter.shape().length(0);
    unitSize = units == 0 ? 0 : parameter.size() / units;
  }

  /** Starts from what the parameter holds. */
  void read() {
    rows = isByRows ? parameter.rowGradient() : null;
    Tensor all = isByRows ? null : parameter.gradient();
    if (rows != null) {
      array = rows.array();
      offset = 0;
      units = rows.count();
    } else if (all != null) {
      array = all.array();
      offset = all.offset();
    } else {
      throw new IllegalStateException(
          "parameter %s has no gradient; expected backward() on a loss that depends on it, or"
                  .formatted(name)
              + " trainable(false) to leave it as it is");
    }
    replaced = false;
  }

  /** A copy, in the parameter's shape. */
  Tensor toTensor() {
    float[] elements = Arrays.copyOfRange(array, offset, offset + size());
    if (rows == null) {
      return Tensor.of(shape(), elements);
    }
    Tensor used = Tensor.of(shape().with(0, units), elements);
    return new ScatterAddRows(used, rows.rows(), shape()).evaluate();
  }

  /** Whether only the units are there that were used. */
  boolean isByRows() {
    return isByRows;
  }

  boolean isNeeded() {
    return parameter.trainable();
  }

  /** The parameter's name. */
  public String name() {
    return name;
  }

  /** The parameter's shape. */
  public Shape shape() {
    return parameter.shape();
  }

  /** How many elements there are. */
  public int size() {
    return units * unitSize;
  }

  /** The elements, from {@link #offset} on. To be read: see {@link #replace}. */
  public float[] array() {
    return array;
  }

  /** The index of the first element in {@link #array}. */
  public int offset() {
    return offset;
  }

  /**
   * Makes room for other elements: {@link #array} is from now on what this returns, {@link #offset}
   * is 0, and every element is to be written. They may overwrite those that were there before,
   * which are in the same place or in another array:
   *
   * <pre>{@code
   * float[] from = gradient.array();
   * int at = gradient.offset();
   * float[] to = gradient.replace();
   * for (int i = 0; i < gradient.size(); i++) {
   *   to[i] = from[at + i] / 2;
   * }
   * }</pre>
   */
  public float[] replace() {
    if (buffer.length < size()) {
      buffer = new float[size()];
    }
    array = buffer;
    offset = 0;
    replaced = true;
    return buffer;
  }

  /** Multiplies every element by a number; the products are in double and rounded once. */
  public void scale(double factor) {
    float[] from = array;
    int at = offset;
    float[] to = replace();
    for (int i = 0; i < size(); i++) {
      to[i] = (float) (from[at + i] * factor);
    }
  }

  /** Multiplies the elements of one unit by a number. */
  public void scale(int unit, double factor) {
    if (!replaced) {
      float[] from = array;
      int at = offset;
      System.arraycopy(from, at, replace(), 0, size());
    }
    int first = unit * unitSize;
    for (int i = first; i < first + unitSize; i++) {
      buffer[i] = (float) (buffer[i] * factor);
    }
  }

  /**
   * The root of the sum of squares, which does not overflow: it is finite if, and only if, every
   * element is. Always summed in the same order, in double.
   */
  public double norm() {
    return Math.sqrt(squares());
  }

  double squares() {
    return Squares.sum(array, offset, size());
  }

  /** How many units the elements make up. */
  public int units() {
    return units;
  }

  /** How many elements a unit has; they lie side by side. */
  public int unitSize() {
    return unitSize;
  }

  /** The norm of one unit. */
  public double norm(int unit) {
    return Math.sqrt(Squares.sum(array, offset + unit * unitSize, unitSize));
  }

  /** The norm of the parameter's values in one unit. */
  public double valueNorm(int unit) {
    return Math.sqrt(Squares.sum(values(), valueOffset(unit), unitSize));
  }

  /** The array that the parameter's values are in. To be read. */
  public float[] values() {
    return parameter.array();
  }

  /** The index in {@link #values} of the first value of a unit. */
  public int valueOffset(int unit) {
    return parameter.offset() + stateOffset(unit);
  }

  /** The index of a unit's first coordinate among all of the parameter. */
  int stateOffset(int unit) {
    return (rows == null ? unit : rows.row(unit)) * unitSize;
  }

  /** The index of the first element that is infinite or NaN; -1 if there is none. */
  public int firstNonFinite() {
    int i = Double.isFinite(squares()) ? -1 : 0;
    while (i >= 0 && Float.isFinite(array[offset + i])) {
      i++;
    }
    return i;
  }
}
