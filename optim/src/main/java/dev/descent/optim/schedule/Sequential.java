package dev.descent.optim.schedule;

import dev.descent.optim.setting.Check;
import java.util.List;
import java.util.SequencedMap;

/**
 * Schedules one after the other. Each counts its steps from 0 when its turn comes.
 *
 * <pre>
 * lr(t) = schedules[i](t - milestones[i - 1])     i: how many milestones are &lt;= t
 * </pre>
 *
 * <p>In PyTorch this is {@code SequentialLR}, in optax {@code join_schedules}.
 *
 * @param schedules at least one
 * @param milestones after how many steps in all the next schedule begins; ascending, 0 or more, one
 *     less than schedules
 */
public record Sequential(List<Schedule> schedules, List<Long> milestones) implements Schedule {
  /** Checks the ranges and copies the lists. */
  public Sequential {
    schedules = List.copyOf(schedules);
    milestones = List.copyOf(milestones);
    Check.check(
        schedules.size() == milestones.size() + 1,
        "schedules",
        schedules.size() + " schedules",
        (milestones.size() + 1) + ", one more than milestones");
    Check.ascending("milestones", milestones);
  }

  @Override
  public double learningRate(long stepsTaken) {
    int i = (int) milestones.stream().filter(milestone -> milestone <= stepsTaken).count();
    long begin = i == 0 ? 0 : milestones.get(i - 1);
    return schedules.get(i).learningRate(stepsTaken - begin);
  }

  @Override
  public SequencedMap<String, Double> learned() {
    return Learned.of(schedules);
  }

  @Override
  public void resume(SequencedMap<String, Double> learned) {
    Learned.resume(schedules, learned);
  }
}
