package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** What an array file holds: numbers of one type, row by row, with the lengths of its axes. */
public abstract sealed class NumberArray permits IdxArray, NpyArray {
  private final String source;
  private final ElementType elementType;
  private final Shape shape;
  private final ByteBuffer data;

  /** Takes ownership of the bytes, which the callers have measured; in the buffer's byte order. */
  NumberArray(String source, ElementType elementType, Shape shape, ByteBuffer data) {
    this.source = source;
    this.elementType = elementType;
    this.shape = shape;
    this.data = data;
  }

  /**
   * Appends these values to a buffer that has room for them.
   *
   * @param typeName what the type is called in error messages
   * @throws IllegalArgumentException if the count does not fit the shape, or a value is not one
   *     that the type can hold exactly
   */
  static void encode(
      String typeName, ElementType type, Shape shape, ByteBuffer data, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          typeName + " " + shape + " got " + values.length + " values; expected " + shape.size());
    }
    for (int i = 0; i < values.length; i++) {
      int offset = data.position();
      type.put(data, values[i]);
      if (Double.compare(type.toDouble(data, offset), values[i]) != 0) {
        throw new IllegalArgumentException(
            "value " + i + " is " + values[i] + "; expected one that is a " + typeName);
      }
    }
  }

  /** The file this was read from, or a description of an array made in memory. */
  public final String source() {
    return source;
  }

  /** The type of the elements. */
  public final ElementType elementType() {
    return elementType;
  }

  /** The lengths of the axes, outermost first. */
  public final Shape shape() {
    return shape;
  }

  final ByteBuffer data() {
    return data;
  }

  /**
   * One element, or the double nearest to it: exact for every type but whole numbers beyond 2^53.
   *
   * @param index row-major, from 0
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public final double get(int index) {
    return elementType.toDouble(
        data, Objects.checkIndex(index, shape.size()) * elementType.bytes());
  }

  /** All elements, row by row, each as {@link #get}. */
  public final double[] toDoubles() {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, this::get);
    return values;
  }

  /** All elements, row by row, each the float nearest to it. */
  public final float[] toFloats() {
    float[] values = new float[shape.size()];
    elementType.copy(data, values, 0, values.length);
    return values;
  }

  /** All elements, each the float nearest to it. */
  public final Tensor toTensor() {
    return Tensor.of(shape, toFloats());
  }

  /**
   * All elements, row by row.
   *
   * @throws DataException if the type is not one of whole numbers, or one does not fit into an int
   */
  public final int[] toInts() {
    if (!elementType.isWhole()) {
      throw new DataException(
          source, "holds elements of type " + typeName() + "; expected whole numbers");
    }
    int[] values = new int[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) get(i);
      if (values[i] != get(i)) {
        throw new DataException(
            source, "element %d is %.0f; expected one of 32 bits".formatted(i, get(i)));
      }
    }
    return values;
  }

  /** The type as the format's users name it. */
  abstract String typeName();

  /** Type, dimensions and source, not the elements. */
  @Override
  public final String toString() {
    return typeName() + " " + shape + " from " + source;
  }
}
