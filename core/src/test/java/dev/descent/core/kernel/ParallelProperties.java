package dev.descent.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The build runs these with 1, 2, 3 and 7 threads. */
@Tag("widths")
class ParallelProperties {
  private record Part(int from, int to) {}

  @Property
  void eachIndexIsVisitedOnce(
      @ForAll @IntRange(max = 5000) int n, @ForAll @IntRange(min = 1, max = 700) int grain) {
    assertCovered(n, grain);
  }

  private static void assertCovered(int n, int grain) {
    AtomicIntegerArray visits = new AtomicIntegerArray(n);
    Parallel.forRange(
        n,
        grain,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            visits.incrementAndGet(i);
          }
        });
    for (int i = 0; i < n; i++) {
      assertThat(visits.get(i)).describedAs("visits of %d of %d", i, n).isEqualTo(1);
    }
  }

  @Property
  void partsAreContiguousAsGreatAsTheOthersAndWorthAThread(
      @ForAll @IntRange(min = 1) int n, @ForAll @IntRange(min = 1) int grain) {
    List<Part> parts = Collections.synchronizedList(new ArrayList<>());

    Parallel.forRange(n, grain, (from, to) -> parts.add(new Part(from, to)));

    parts.sort(Comparator.comparingInt(Part::from));
    assertThat(parts).hasSizeLessThanOrEqualTo(Machine.threads());
    assertThat(parts.getFirst().from).isZero();
    assertThat(parts.getLast().to).isEqualTo(n);
    int line = Math.min(grain, 32);
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).from).isEqualTo(parts.get(i - 1).to);
      assertThat(parts.get(i).from % line).isZero();
    }
    if (parts.size() > 1) {
      for (Part part : parts) {
        int size = part.to - part.from;
        assertThat(size).isGreaterThan(grain - line);
        assertThat(size).isCloseTo(n / parts.size(), within(line));
      }
    }
  }

  @Example
  void thereAreAsManyPartsAsThreadsIfThereIsWorkForAll() throws InterruptedException {
    CountDownLatch allAtWork = new CountDownLatch(Machine.threads());

    Parallel.forRange(
        Machine.threads(),
        1,
        (from, to) -> {
          allAtWork.countDown();
          awaitAll(allAtWork);
        });
  }

  private static void awaitAll(CountDownLatch allAtWork) {
    try {
      assertThat(allAtWork.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Parts that wait for each other show it: nobody can take two of them. */
  @Example
  void threadsKeepToTheirPartOfTheMemory() {
    int parts = Machine.threads();
    AtomicLongArray before = new AtomicLongArray(parts);
    AtomicInteger changes = new AtomicInteger();

    for (int loop = 0; loop < 1000; loop++) {
      CountDownLatch allAtWork = new CountDownLatch(parts);
      Parallel.forRange(
          parts,
          1,
          (from, to) -> {
            long thread = Thread.currentThread().threadId();
            if (before.getAndSet(from, thread) != thread) {
              changes.incrementAndGet();
            }
            allAtWork.countDown();
            awaitAll(allAtWork);
          });
    }

    assertThat(changes).hasValue(parts);
  }

  @Example
  void sleepingWorkersWakeUp() throws InterruptedException {
    for (int run = 0; run < 20; run++) {
      assertCovered(1000, 1);
      Thread.sleep(run);
    }
  }

  @Example
  void aCallFromWithinAPartIsDoneByItsThread() {
    int n = 64;
    AtomicIntegerArray visits = new AtomicIntegerArray(n * n);

    Parallel.forRange(
        n,
        1,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int start = row * n;
            Thread outer = Thread.currentThread();
            Parallel.forRange(
                n,
                1,
                (first, end) -> {
                  assertThat(Thread.currentThread()).isSameAs(outer);
                  for (int i = first; i < end; i++) {
                    visits.incrementAndGet(start + i);
                  }
                });
          }
        });

    if (Machine.threads() > 1) {
      for (int i = 0; i < n * n; i++) {
        assertThat(visits.get(i)).isEqualTo(1);
      }
    }
  }

  @Example
  void severalThreadsMayCallAtOnce() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        int seed = caller;
        runs.add(
            callers.submit(() -> {
              for (int run = 0; run < 200; run++) {
                assertCovered(100 + 10 * seed + run, 1 + run % 9);
              }
            }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  /** Whichever thread's part fails: the caller sees it, and only after all parts have ended. */
  @Property(tries = 200)
  void aFailureReachesTheCallerAfterAllPartsHaveEnded(
      @ForAll @IntRange(max = 99) int bad, @ForAll boolean error) {
    Throwable failure = error ? new AssertionError("bad") : new IllegalStateException("bad");
    AtomicInteger running = new AtomicInteger();

    assertThatThrownBy(() ->
            Parallel.forRange(
                100,
                1,
                (from, to) -> {
                  running.incrementAndGet();
                  try {
                    if (from <= bad && bad < to) {
                      throwUnchecked(failure);
                    }
                    Thread.onSpinWait();
                  } finally {
                    running.decrementAndGet();
                  }
                }))
        .isSameAs(failure);

    assertThat(running).hasValue(0);
    assertCovered(100, 1);
  }

  private static void throwUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
