package dev.descent.core.tensor;

/** Operands whose shapes do not fit together; the message names the operation and the shapes. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Two operands that do not fit.
   *
   * @param operation the operation's name, as the user wrote it
   * @param left the first operand's shape
   * @param right the second operand's shape
   * @param reason what does not fit
   */
  public ShapeException(String operation, Shape left, Shape right, String reason) {
    super(operation + " of " + left + " and " + right + ": " + reason);
  }

  /**
   * One operand that does not fit.
   *
   * @param operation the operation's name, as the user wrote it
   * @param operand the operand's shape
   * @param reason what does not fit
   */
  public ShapeException(String operation, Shape operand, String reason) {
    super(operation + " of " + operand + ": " + reason);
  }
}
