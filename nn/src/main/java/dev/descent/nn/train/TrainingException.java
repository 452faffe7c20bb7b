package dev.descent.nn.train;

/** Training that cannot go on; the message says at which step, and what likely caused it. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, in one line. */
  public TrainingException(String message) {
    super(message);
  }
}
