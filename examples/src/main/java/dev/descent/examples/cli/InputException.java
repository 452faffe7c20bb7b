package dev.descent.examples.cli;

import org.jspecify.annotations.Nullable;

/** Input that is not as expected. The message is one line: where, what was found, what expected. */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem that is described in one line. */
  public InputException(String message) {
    this(message, null);
  }

  /** A problem that another exception reported. */
  public InputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
