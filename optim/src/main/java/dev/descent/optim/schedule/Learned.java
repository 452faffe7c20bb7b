package dev.descent.optim.schedule;

import dev.descent.optim.setting.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What several schedules have learned, as one: each name with its schedule's place before it. */
public final class Learned {
  private Learned() {}

  /** All that they have learned: {@code 0.best} is what the first one calls {@code best}. */
  public static SequencedMap<String, Double> of(List<Schedule> schedules) {
    SequencedMap<String, Double> all = new LinkedHashMap<>();
    for (int i = 0; i < schedules.size(); i++) {
      String place = i + ".";
      schedules.get(i).learned().forEach((name, value) -> all.put(place + name, value));
    }
    return all;
  }

  /**
   * Lets each go on from its own.
   *
   * @param learned as {@link #of} gave it for schedules of these settings
   * @throws IllegalArgumentException if one of them does not learn that; nothing has changed then
   */
  public static void resume(List<Schedule> schedules, SequencedMap<String, Double> learned) {
    Map<String, Double> before = of(schedules);
    Check.check(
        learned.keySet().equals(before.keySet()),
        "what was learned",
        learned,
        "%s, for %s".formatted(before.keySet(), schedules));
    try {
      give(schedules, learned);
    } catch (IllegalArgumentException refused) {
      give(schedules, before);
      throw refused;
    }
  }

  private static void give(List<Schedule> schedules, Map<String, Double> learned) {
    for (int i = 0; i < schedules.size(); i++) {
      String place = i + ".";
      SequencedMap<String, Double> own = new LinkedHashMap<>();
      learned.forEach((name, value) -> {
        if (name.startsWith(place)) {
          own.put(name.substring(place.length()), value);
        }
      });
      schedules.get(i).resume(own);
    }
  }
}
