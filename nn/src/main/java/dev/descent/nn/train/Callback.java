package dev.descent.nn.train;

/** What is called along the way of training. Each method may be left out. */
public interface Callback {
  /** What a callback wants of the training. */
  enum Next {
    /** Go on. */
    CONTINUE,
    /** Make this epoch the last. */
    STOP
  }

  /**
   * A training step is done.
   *
   * @param progress the running epoch up to now
   */
  default void afterStep(Progress progress) {}

  /** An epoch is done, validation included. Training ends where any callback says stop. */
  default Next afterEpoch(Epoch epoch) {
    return Next.CONTINUE;
  }
}
