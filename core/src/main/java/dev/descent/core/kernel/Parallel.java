package dev.descent.core.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A loop over a range, shared among threads. Made for work of tens of microseconds: nothing is
 * allocated, workers wait a moment for more before they sleep, and each thread has a part of its
 * own, at the same place in each loop, for the sake of its cache. But whoever is done takes parts
 * that nobody has begun, the caller too: it waits only for those that somebody is at work on. So a
 * worker that wakes up late costs nothing but its help, and one that has lost its processor to
 * something else keeps away for a while. A call from within a part, or while another thread's loop
 * runs, is done by the caller alone.
 */
public final class Parallel {
  /** How many threads take part, the caller included. */
  static final int THREADS = Machine.requestedThreads();

  /** Spins, some 20 to 50 microseconds, after which a waiting thread lets others run. */
  private static final int PATIENCE = 2_000;

  /**
   * How often a worker without work does that before it goes to sleep: some milliseconds, which is
   * longer than a step of training. To wake it up would cost the caller 30 microseconds.
   */
  private static final int TURNS = 100;

  /** Nanoseconds that such a turn takes only if the worker has lost its processor meanwhile. */
  private static final long LOST = 500_000;

  /**
   * Nanoseconds within which that happens twice if something else wants the processor: another
   * program, or the JVM's compiler, which then delays every loop that the worker takes part in. Not
   * so the garbage collector, which stops all threads for a moment a few times in a second.
   */
  private static final long SOON = 20_000_000;

  /**
   * Nanoseconds that a worker then keeps away, at first and at most: twice as long as the time
   * before if it loses its processor again as soon as it is back. The compiler is at work for
   * seconds at the start of a program, and done sooner when nobody disputes its processor; other
   * programs are mostly gone again after a moment.
   */
  private static final long SHORTEST_RETREAT = 4_000_000;

  private static final long LONGEST_RETREAT = 64_000_000;

  /**
   * Where a loop may be cut: as evenly as multiples of this allow. Loops over the same memory are
   * so cut at the same place, and a thread finds in its cache what it wrote there in the one
   * before.
   */
  private static final int ALIGNMENT = 32;

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
   * @param grain the least that a part is worth its thread for
   */
  public static void forRange(int n, int grain, Body body) {
    int parts = Math.min(THREADS, n / grain);
    if (parts <= 1 || !BUSY.compareAndSet(false, true)) {
      body.run(0, n);
      return;
    }
    try {
      Team.TEAM.share(n, Math.min(grain, ALIGNMENT), parts, body);
    } finally {
      BUSY.set(false);
    }
  }

  /** The workers, started when the first loop is worth sharing, and the loop that they share. */
  private static final class Team {
    private static final Body NOTHING = (from, to) -> {};

    static final Team TEAM = new Team();

    private final Worker[] workers = new Worker[THREADS - 1];

    /** For each part the number of its loop, twice, and 1 more as long as nobody has taken it. */
    private final AtomicLongArray offers = new AtomicLongArray(THREADS);

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    // Of the running loop. Whoever has taken a part may read them: the loop cannot end before.
    private Body body = NOTHING;
    private int n;
    private int alignment;
    private int parts;
    private long loops;

    Team() {
      for (int i = 0; i < workers.length; i++) {
        workers[i] = new Worker(i + 1, this);
        workers[i].start();
      }
    }

    // Yielding only lets a worker run that shares our processor; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    void share(int n, int alignment, int parts, Body body) {
      this.n = n;
      this.alignment = alignment;
      this.parts = parts;
      this.body = body;
      failure.set(null);
      unfinished.set(parts);
      loops++;
      for (int part = 0; part < parts; part++) {
        offers.set(part, 2 * loops + 1);
      }
      for (int i = 0; i < parts - 1; i++) {
        workers[i].wake();
      }
      takeParts(0);
      for (int spins = 0; unfinished.get() > 0; spins++) {
        if (spins < PATIENCE) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      this.body = NOTHING; // and keep nothing alive
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }

    boolean isOffered(int part) {
      return (offers.get(part) & 1) != 0;
    }

    /**
     * Does all parts of a loop that nobody has taken yet, beginning with the thread's own; not
     * those of the next loop, should that have begun: they have threads that are on their way.
     */
    void takeParts(int own) {
      long offer = offers.get(own) | 1;
      for (int i = 0; i < THREADS; i++) {
        int part = (own + i) % THREADS;
        if (offers.get(part) == offer && offers.compareAndSet(part, offer, offer - 1)) {
          run(part);
        }
      }
    }

    private void run(int part) {
      try {
        body.run(start(part), start(part + 1));
      } catch (Throwable t) {
        failure.compareAndSet(null, t);
      } finally {
        unfinished.decrementAndGet();
      }
    }

    private int start(int part) {
      int even = (int) ((long) n * part / parts);
      return part == parts ? n : (even + alignment / 2) / alignment * alignment;
    }
  }

  private static final class Worker extends Thread {
    private final int part;
    private final Team team;
    private volatile boolean asleep;
    private long lost = System.nanoTime() - SOON;
    private long retreat = SHORTEST_RETREAT;

    Worker(int part, Team team) {
      super("descent-worker-" + part);
      this.part = part;
      this.team = team;
      setDaemon(true);
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      while (true) {
        await();
        team.takeParts(part);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // as above
    private void await() {
      for (int turn = 0; turn < TURNS; turn++) {
        long begin = System.nanoTime();
        for (int spins = 0; spins < PATIENCE; spins++) {
          if (team.isOffered(part)) {
            return;
          }
          Thread.onSpinWait();
        }
        Thread.yield();
        if (System.nanoTime() - begin > LOST) {
          if (begin - lost < SOON) {
            keepAway();
            retreat = Math.min(2 * retreat, LONGEST_RETREAT);
          } else {
            retreat = SHORTEST_RETREAT;
          }
          lost = System.nanoTime();
        }
      }
      asleep = true;
      while (!team.isOffered(part)) {
        LockSupport.park(this);
      }
      asleep = false;
    }

    /** Sleeps, whatever is offered meanwhile. */
    private void keepAway() {
      long end = System.nanoTime() + retreat;
      for (long left = retreat; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
      }
    }
  }
}
