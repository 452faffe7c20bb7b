package dev.descent.optim;

import dev.descent.core.tensor.Shape;

/**
 * What a {@link Slot} has a number for. A parameter is a matrix here: the first axis are its rows,
 * all others together its columns. A vector is a matrix of one column.
 */
public enum Extent {
  /** Each coordinate: the parameter's own shape. */
  COORDINATES {
    @Override
    public Shape shape(Shape parameter) {
      return parameter;
    }

    @Override
    public int index(int coordinate, int columns) {
      return coordinate;
    }
  },

  /** Each row: {@code [rows]}. */
  ROWS {
    @Override
    public Shape shape(Shape parameter) {
      return Shape.of(rows(parameter));
    }

    @Override
    public int index(int coordinate, int columns) {
      return coordinate / columns;
    }
  },

  /** Each column: {@code [columns]}. */
  COLUMNS {
    @Override
    public Shape shape(Shape parameter) {
      return Shape.of(columns(parameter));
    }

    @Override
    public int index(int coordinate, int columns) {
      return coordinate % columns;
    }
  },

  /** Each pair of rows: {@code [rows, rows]}. No coordinate has a number of its own. */
  ROW_PAIRS {
    @Override
    public Shape shape(Shape parameter) {
      return Shape.of(rows(parameter), rows(parameter));
    }
  },

  /** Each pair of columns: {@code [columns, columns]}. No coordinate has a number of its own. */
  COLUMN_PAIRS {
    @Override
    public Shape shape(Shape parameter) {
      return Shape.of(columns(parameter), columns(parameter));
    }
  };

  /** The shape of a slot's numbers for a parameter of this shape. */
  public abstract Shape shape(Shape parameter);

  /**
   * A slot's numbers as a matrix: those of rows as one column, those of columns as one row.
   *
   * @param numbers as many as the slot has for a parameter of this shape
   */
  public DoubleMatrix matrix(Shape parameter, double... numbers) {
    Shape own = shape(parameter);
    return this == COLUMNS
        ? DoubleMatrix.of(1, own.size(), numbers)
        : DoubleMatrix.of(rows(own), columns(own), numbers);
  }

  /**
   * The numbers, if there are as many as the slot has.
   *
   * @throws IllegalArgumentException if there are not
   */
  public DoubleMatrix checked(Shape parameter, DoubleMatrix numbers) {
    int size = numbers.rows() * numbers.columns();
    if (size != shape(parameter).size()) {
      throw new IllegalArgumentException(
          "%d numbers; expected %s for the %s of a parameter of shape %s"
              .formatted(size, shape(parameter), this, parameter));
    }
    return numbers;
  }

  /**
   * Where a coordinate's number is among those of the slot.
   *
   * @param coordinate its place in the parameter
   * @param columns how many the parameter has
   */
  public int index(int coordinate, int columns) {
    throw new IllegalStateException(
        "%s have no number for a coordinate; expected Whole.matrix(Slot)".formatted(this));
  }

  /** The length of the first axis; 1 for a scalar. */
  public static int rows(Shape parameter) {
    return parameter.rank() == 0 ? 1 : parameter.length(0);
  }

  /** The product of the lengths of all axes but the first; 1 if there is no other. */
  public static int columns(Shape parameter) {
    int columns = 1;
    for (int axis = 1; axis < parameter.rank(); axis++) {
      columns *= parameter.length(axis);
    }
    return columns;
  }
}
