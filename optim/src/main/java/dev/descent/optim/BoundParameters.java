package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The parameters of all groups of an optimizer. */
final class BoundParameters {
  private final BoundParameter[] all;

  private BoundParameters(BoundParameter[] all) {
    this.all = all;
  }

  /**
   * Binds the parameters of groups to what is remembered about them.
   *
   * @throws IllegalArgumentException if there is none, if one is there twice, or if two have one
   *     name
   */
  static BoundParameters of(List<BoundGroup> groups, List<SecondWeights> followers) {
    SequencedMap<String, BoundParameter> all = new LinkedHashMap<>();
    IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();
    for (BoundGroup group : groups) {
      group
          .settings()
          .parameters()
          .forEach((name, parameter) -> {
            String other = names.put(parameter, name);
            if (other != null) {
              throw new IllegalArgumentException(
                  "%s and %s are one parameter, which would move twice a step; expected one name"
                      .formatted(other, name));
            }
            if (all.put(name, new BoundParameter(name, parameter, group, followers)) != null) {
              throw new IllegalArgumentException(
                  "two parameters are named %s; expected names that differ".formatted(name));
            }
          });
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("an optimizer needs at least one parameter; got none");
    }
    return new BoundParameters(all.values().toArray(BoundParameter[]::new));
  }

  /** This very array, in the order of the groups. */
  BoundParameter[] all() {
    return all;
  }

  List<Gradient> gradients() {
    return Arrays.stream(all).map(BoundParameter::gradient).toList();
  }

  SequencedMap<String, Parameter> byName() {
    SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
    for (BoundParameter one : all) {
      byName.put(one.name(), one.parameter());
    }
    return byName;
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  BoundParameter find(String name) {
    for (BoundParameter one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "no parameter %s; expected one of %s"
            .formatted(name, Arrays.stream(all).map(BoundParameter::name).toList()));
  }
}
