package dev.descent.optim.schedule;

import dev.descent.optim.setting.Check;
import java.util.List;
import java.util.SequencedMap;

/**
 * Schedules that act together: their product. One of them has the learning rate, the others have 1
 * and are factors of it.
 *
 * <pre>
 * lr(t) = schedules[0](t) schedules[1](t) ...
 * </pre>
 *
 * <p>{@code new Cosine(0.1, 0, 1000).times(new LinearWarmup(1, 0, 100))} is a cosine from step 0 on
 * whose first 100 steps are damped; {@link Schedule#afterWarmup} instead lets the cosine begin
 * after them.
 *
 * <p>In PyTorch this is {@code ChainedScheduler}. The two agree where each schedule is a factor;
 * PyTorch's cosine with a minimum above 0 is none.
 *
 * @param schedules at least one
 */
public record Chained(List<Schedule> schedules) implements Schedule {
  /** Checks the number and copies the list. */
  public Chained {
    schedules = List.copyOf(schedules);
    Check.check(!schedules.isEmpty(), "schedules", schedules, "at least one");
  }

  @Override
  public double learningRate(long stepsTaken) {
    double product = 1;
    for (Schedule schedule : schedules) {
      product *= schedule.learningRate(stepsTaken);
    }
    return product;
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
