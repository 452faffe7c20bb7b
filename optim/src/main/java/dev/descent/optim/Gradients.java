package dev.descent.optim;

import java.util.List;

/** The gradients of one step, as a {@link GradientTransform} sees them. */
public final class Gradients {
  private final List<Gradient> all;
  private final Gradient[] needed;
  private int count;
  private long step;
  private long skippedInARow;
  private boolean skipped;

  Gradients(List<Gradient> all) {
    this.all = List.copyOf(all);
    needed = new Gradient[all.size()];
  }

  /** Starts a step: leaves out those of frozen parameters. */
  void start(long number, long skipsBefore) {
    step = number;
    skippedInARow = skipsBefore;
    skipped = false;
    count = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isNeeded()) {
        needed[count++] = all.get(i);
      }
    }
  }

  boolean isSkipped() {
    return skipped;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** One of them, from 0 on, in the order of the optimizer's parameters. */
  public Gradient get(int index) {
    return needed[index];
  }

  /** Which step of the optimizer this is: 1 for the first. */
  public long step() {
    return step;
  }

  /** The norm of all gradients together; finite if, and only if, every element is. */
  public double norm() {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += needed[i].squares();
    }
    return Math.sqrt(squares);
  }

  /** How many steps have been skipped since one was taken. */
  public long skippedInARow() {
    return skippedInARow;
  }

  /** Leaves this step out: nothing moves, and it does not count. */
  public void skipStep() {
    skipped = true;
  }
}
