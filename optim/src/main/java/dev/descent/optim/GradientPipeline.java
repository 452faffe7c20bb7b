package dev.descent.optim;

import java.util.ArrayList;
import java.util.List;

/** The transforms of an optimizer, each with the gradients that it sees. */
final class GradientPipeline {
  private final List<Gradient> gradients;
  private final GradientTransform[] transforms;
  private final Gradients[] seen;

  GradientPipeline(List<Gradient> gradients, List<GradientTransform> transforms) {
    this.gradients = List.copyOf(gradients);
    this.transforms = transforms.toArray(GradientTransform[]::new);
    seen = transforms.stream().map(this::seenBy).toArray(Gradients[]::new);
  }

  private Gradients seenBy(GradientTransform transform) {
    Mask mask = transform.mask();
    List<Gradient> included = new ArrayList<>();
    for (Gradient gradient : gradients) {
      if (mask.includes(gradient.name(), gradient.shape())) {
        included.add(gradient);
      }
    }
    if (included.isEmpty()) {
      throw new IllegalArgumentException(
          "the mask of %s leaves out every parameter; expected one of %s"
              .formatted(transform, gradients.stream().map(Gradient::name).toList()));
    }
    return new Gradients(included);
  }

  /**
   * Reads the gradients of all trainable parameters.
   *
   * @throws IllegalStateException if one has none
   */
  void read() {
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i).isNeeded()) {
        gradients.get(i).read();
      }
    }
  }

  /** The norm of all gradients together, as they are now. */
  double norm() {
    double squares = 0;
    for (Gradient gradient : gradients) {
      squares += gradient.isNeeded() ? gradient.squares() : 0;
    }
    return Math.sqrt(squares);
  }

  /**
   * Has every transform change the gradients that have been read.
   *
   * @param step which step of the optimizer it is: 1 for the first
   * @param skippedInARow how many steps have been skipped just before
   * @return false if the step is to be skipped
   */
  boolean transform(long step, long skippedInARow) {
    for (int i = 0; i < transforms.length; i++) {
      seen[i].start(step, skippedInARow);
      transforms[i].transform(seen[i]);
      if (seen[i].isSkipped()) {
        return false;
      }
    }
    return true;
  }
}
