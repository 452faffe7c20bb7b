package dev.descent.core.autodiff;

import dev.descent.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The graph behind a tensor, as a list. */
final class Results {
  private Results() {}

  /** A set in which a tensor equals itself only. */
  static Set<Tensor> identitySet(Collection<? extends Tensor> tensors) {
    Set<Tensor> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(tensors);
    return set;
  }

  /**
   * A tensor and all results it was made from, each after every operation that uses it.
   *
   * @param boundary results that are not looked into: they and what is behind them are left out
   */
  static List<Tensor> usersFirst(Tensor last, Set<Tensor> boundary) {
    List<Tensor> inputsFirst = new ArrayList<>();
    Set<Tensor> seen = identitySet(boundary);
    Set<Tensor> done = identitySet(boundary);
    Deque<Tensor> open = new ArrayDeque<>();
    open.push(last);
    while (!open.isEmpty()) {
      Tensor tensor = open.peek();
      Op operation = tensor.producer();
      if (seen.add(tensor) && operation != null) {
        for (Tensor input : operation.inputs()) {
          if (input.producer() != null && !seen.contains(input)) {
            open.push(input);
          }
        }
      } else {
        open.pop();
        if (done.add(tensor)) {
          inputsFirst.add(tensor);
        }
      }
    }
    return inputsFirst.reversed();
  }
}
