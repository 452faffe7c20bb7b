package dev.descent.core.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A loop over a range, shared among threads. Made for work of tens of microseconds: nothing is
 * allocated, workers wait a moment for more before they sleep, and the caller does the first part
 * itself. A call from within a part, or while another thread's loop runs, is done by the caller
 * alone.
 */
public final class Parallel {
  /** How many threads take part, the caller included. */
  static final int THREADS = Machine.requestedThreads();

  /** Spins, about 50 microseconds, before a waiting worker goes to sleep. */
  private static final int PATIENCE = 2_000;

  private static final AtomicBoolean BUSY = new AtomicBoolean();

  private Parallel() {}

  /** A part of a loop. */
  @FunctionalInterface
  public interface Body {
    /** Does the iterations from {@code from} up to but not including {@code to}. */
    void run(int from, int to);
  }

  /**
   * Runs the body for all of 0 to n - 1, in at most one contiguous part per thread. How the range
   * is cut must not matter to the result: parts write different outputs.
   *
   * @param grain parts begin at multiples of this, and no part is smaller, but for the last
   */
  public static void forRange(int n, int grain, Body body) {
    int grains = (int) (((long) n + grain - 1) / grain);
    int parts = Math.min(THREADS, grains);
    if (parts <= 1 || !BUSY.compareAndSet(false, true)) {
      body.run(0, n);
      return;
    }
    try {
      Team.run(n, grain, grains, parts, body);
    } finally {
      BUSY.set(false);
    }
  }

  /** The workers, started when the first loop is worth sharing. */
  private static final class Team {
    private static final Worker[] WORKERS = new Worker[THREADS - 1];

    static {
      for (int i = 0; i < WORKERS.length; i++) {
        WORKERS[i] = new Worker("descent-worker-" + (i + 1));
        WORKERS[i].start();
      }
    }

    static void run(int n, int grain, int grains, int parts, Body body) {
      for (int part = 1; part < parts; part++) {
        WORKERS[part - 1].begin(
            body, start(part, parts, grains, grain, n), start(part + 1, parts, grains, grain, n));
      }
      Throwable failure = null;
      try {
        body.run(0, start(1, parts, grains, grain, n));
      } catch (Throwable t) {
        failure = t;
      }
      for (int part = 1; part < parts; part++) {
        Throwable other = WORKERS[part - 1].finish();
        failure = failure == null ? other : failure;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }

    private static int start(int part, int parts, int grains, int grain, int n) {
      return (int) Math.min(n, (long) grains * part / parts * grain);
    }
  }

  private static final class Worker extends Thread {
    private volatile @Nullable Body body;
    private volatile boolean asleep;
    private @Nullable Throwable failure;
    private int from;
    private int to;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    void begin(Body work, int first, int end) {
      from = first;
      to = end;
      failure = null;
      body = work;
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    // Yielding only lets a worker run that shares our processor; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    @Nullable Throwable finish() {
      for (int spins = 0; body != null; spins++) {
        if (spins < PATIENCE) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      return failure;
    }

    @Override
    public void run() {
      while (true) {
        Body work = await();
        try {
          work.run(from, to);
        } catch (Throwable t) {
          failure = t;
        }
        body = null;
      }
    }

    private Body await() {
      for (int spins = 0; spins < PATIENCE; spins++) {
        Body work = body;
        if (work != null) {
          return work;
        }
        Thread.onSpinWait();
      }
      asleep = true;
      Body work;
      while ((work = body) == null) {
        LockSupport.park(this);
      }
      asleep = false;
      return work;
    }
  }
}
