package dev.descent.core.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a backward pass writes gradients into. One that no gradient lies in any more is
 * written into again, by this pass or by the next: so the gradients of training's steps are no
 * garbage. A pass leaves those that it has used; what it had no use for is let go.
 *
 * <p>An array counts its users: the gradients that lie in it, and the operation at work that it was
 * given to.
 */
public final class GradientMemory {
  private final IdentityHashMap<float[], Integer> users = new IdentityHashMap<>();
  private final List<float[]> atWork = new ArrayList<>();
  private Map<Integer, Deque<float[]>> free = new HashMap<>();
  private Map<Integer, Deque<float[]>> left = new HashMap<>();

  GradientMemory() {}

  /** An array for the operation at work, with anything in it. */
  float[] take(int length) {
    float[] array = poll(free, length);
    if (array == null) {
      array = poll(left, length);
    }
    if (array == null) {
      array = new float[length];
    }
    users.put(array, 1);
    atWork.add(array);
    return array;
  }

  private static float @Nullable [] poll(Map<Integer, Deque<float[]>> arrays, int length) {
    Deque<float[]> some = arrays.get(length);
    return some == null ? null : some.poll();
  }

  /** A gradient lies in this array, whosever it is. */
  void use(float[] array) {
    users.computeIfPresent(array, (same, count) -> count + 1);
  }

  /** A gradient that lay in this array is done with. */
  void release(float[] array) {
    Integer count = users.get(array);
    if (count == null) {
      return;
    }
    if (count > 1) {
      users.put(array, count - 1);
    } else {
      users.remove(array);
      free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).add(array);
    }
  }

  /** Whether the array is ours, and one gradient lies in it that nobody looks at. */
  boolean hasOneUser(float[] array) {
    Integer count = users.get(array);
    return count != null && count == 1;
  }

  /** Somebody may look at this array for as long as they like. */
  void giveAway(float[] array) {
    users.remove(array);
  }

  /** The operation at work is done. */
  void endOperation() {
    atWork.forEach(this::release);
    atWork.clear();
  }

  /** The pass is done; in what is still used lie gradients that were asked for. */
  void endPass() {
    users.clear();
    left = free;
    free = new HashMap<>();
  }
}
