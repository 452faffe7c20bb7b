package dev.descent.nn.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/**
 * Batches that threads make before they are asked for, given in order. Each is a function of its
 * number, so it is the same whoever makes it, and when. No thread waits for anything: whoever stops
 * asking leaves nothing behind but a few batches that nobody will see.
 *
 * @param <T> the targets of a batch
 */
final class Prefetch<T> implements Iterator<Batch<T>> {
  private final IntFunction<Batch<T>> make;
  private final int batches;
  private final Queue<FutureTask<Batch<T>>> ahead = new ArrayDeque<>();
  private int started;

  /**
   * Starts with the first batches.
   *
   * @param make makes the batch of a number
   * @param batches how many there are
   * @param depth how many are made ahead, at least one
   */
  Prefetch(IntFunction<Batch<T>> make, int batches, int depth) {
    this.make = make;
    this.batches = batches;
    for (int i = 0; i < depth; i++) {
      startNext();
    }
  }

  private void startNext() {
    if (started < batches) {
      int number = started++;
      FutureTask<Batch<T>> task = new FutureTask<>(() -> make.apply(number));
      ahead.add(task);
      Thread.ofVirtual().name("batch " + number).start(task);
    }
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  @Override
  public Batch<T> next() {
    FutureTask<Batch<T>> task = ahead.poll();
    if (task == null) {
      throw new NoSuchElementException("batch " + batches + " of " + batches);
    }
    startNext();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e);
    }
  }
}
