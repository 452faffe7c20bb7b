package dev.descent.optim;

import dev.descent.optim.stage.Accumulation;
import java.util.List;

/**
 * The stages of an optimizer, sorted by what they do.
 *
 * @param all in the order given
 * @param transforms what changes gradients, in that order
 * @param followers what keeps second weights, in that order
 */
record Stages(List<Stage> all, List<GradientTransform> transforms, List<SecondWeights> followers) {
  /**
   * Sorts the stages.
   *
   * @throws IllegalArgumentException if gradients are accumulated, but not first of all, or if more
   *     than one average of the weights is kept, by stages or by the rule of a group
   */
  static Stages of(List<ParameterGroup> groups, List<Stage> all) {
    Stages sorted =
        new Stages(all, only(GradientTransform.class, all), only(SecondWeights.class, all));
    for (Stage stage : all.subList(Math.min(1, all.size()), all.size())) {
      if (stage instanceof Accumulation) {
        throw new IllegalArgumentException(
            "%s comes after %s; expected it to be the first stage"
                .formatted(stage, all.getFirst()));
      }
    }
    sorted.checkAverages(groups);
    return sorted;
  }

  private static <T> List<T> only(Class<T> kind, List<Stage> all) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void checkAverages(List<ParameterGroup> groups) {
    List<SecondWeights> averages = followers.stream().filter(SecondWeights::isAverage).toList();
    if (averages.size() > 1) {
      throw new IllegalArgumentException(
          "there are several averages of the weights, %s; expected at most one"
              .formatted(averages));
    }
    for (ParameterGroup group : groups) {
      if (!averages.isEmpty() && group.rule().average() != null) {
        throw new IllegalArgumentException(
            "%s averages the weights, as does %s; expected one of them"
                .formatted(group.rule(), averages.getFirst()));
      }
    }
    if (followers.stream().map(SecondWeights::toString).distinct().count() < followers.size()) {
      throw new IllegalArgumentException(
          "two stages are the same, %s; expected one".formatted(followers));
    }
  }

  /** How many gradients make up a step. */
  int accumulated() {
    return !all.isEmpty() && all.getFirst() instanceof Accumulation first ? first.batches() : 1;
  }
}
