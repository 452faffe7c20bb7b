package dev.descent.examples.policy;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a policy did in some episodes. Each ends when the pole falls, or after {@link #LONGEST}
 * steps. The reward is 1 for each step, so the return is the number of steps.
 *
 * @param steps all steps of all episodes, the first ones first
 * @param lengths how many steps each episode took
 */
record Episodes(List<Step> steps, List<Integer> lengths) {
  /** An episode ends after so many steps. */
  static final int LONGEST = 500;

  private static final int FEATURES = 4;
  private static final int RIGHT = 1;
  private static final double TINY = 1e-8;

  /**
   * A step of an episode.
   *
   * @param episode which one, from 0
   * @param time how many steps of it were before
   * @param seen what was seen
   * @param right whether the push that followed was to the right
   */
  record Step(int episode, int time, CartPole seen, boolean right) {}

  /** How a policy's probability becomes a push. */
  @FunctionalInterface
  interface Decision {
    /** Whether to push to the right, in one of the episodes. */
    boolean right(int episode, float probability);
  }

  /**
   * Plays episodes for learning: each push is drawn with the policy's probability.
   *
   * @param policy gives logits of both pushes, {@code [n, 4] -> [n, 2]}
   * @param seed where chance comes from
   * @param first the number of the first episode; the same number, the same chance
   * @param count how many
   */
  static Episodes sampled(Layer policy, long seed, int first, int count) {
    List<RandomStream> chance = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chance.add(RandomStream.of(seed, "push", first + i));
    }
    return play(
        policy,
        starts(seed, "start", first, count),
        (episode, probability) -> chance.get(episode).nextFloat() < probability);
  }

  /** Plays episodes that no learning has seen, always with the push that is likelier. */
  static Episodes likeliest(Layer policy, long seed, int count) {
    return play(policy, starts(seed, "test", 0, count), (_, probability) -> probability > 0.5f);
  }

  private static List<CartPole> starts(long seed, String purpose, int first, int count) {
    List<CartPole> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starts.add(CartPole.start(RandomStream.of(seed, purpose, first + i)));
    }
    return starts;
  }

  /** Plays all side by side, so that the policy is asked once for all that still run. */
  private static Episodes play(Layer policy, List<CartPole> starts, Decision decision) {
    List<CartPole> now = new ArrayList<>(starts);
    List<Integer> lengths = new ArrayList<>();
    List<Integer> running = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      lengths.add(LONGEST);
      running.add(i);
    }
    List<Step> steps = new ArrayList<>();
    for (int time = 0; time < LONGEST && !running.isEmpty(); time++) {
      Tensor seen = tensor(running.stream().map(now::get).toList());
      float[] probabilities = NoGradient.of(() -> policy.forward(seen).softmax()).toArray();
      List<Integer> goingOn = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        int episode = running.get(i);
        boolean right = decision.right(episode, probabilities[2 * i + RIGHT]);
        steps.add(new Step(episode, time, now.get(episode), right));
        now.set(episode, now.get(episode).pushed(right));
        if (now.get(episode).failed()) {
          lengths.set(episode, time + 1);
        } else {
          goingOn.add(episode);
        }
      }
      running = goingOn;
    }
    return new Episodes(steps, lengths);
  }

  private static Tensor tensor(List<CartPole> states) {
    float[] values = new float[states.size() * FEATURES];
    int i = 0;
    for (CartPole state : states) {
      values[i++] = (float) state.position();
      values[i++] = (float) state.velocity();
      values[i++] = (float) state.angle();
      values[i++] = (float) state.angularVelocity();
    }
    return Tensor.of(Shape.of(states.size(), FEATURES), values);
  }

  /** What was seen before each step: {@code [steps, 4]}. */
  Tensor observations() {
    return tensor(steps.stream().map(Step::seen).toList());
  }

  /** What was done then: 1 for a push to the right, 0 to the left. */
  Indices actions() {
    return Indices.of(steps.stream().mapToInt(step -> step.right() ? RIGHT : 0).toArray());
  }

  /**
   * How much better each step turned out than its like: {@code [steps, 1]}. That is the discounted
   * return from there on, less the baseline, the mean of what the episodes came to from the same
   * time on; all divided by their root mean square.
   *
   * @param discount what a reward counts for each step that it comes later, 0 to 1
   */
  Tensor advantages(double discount) {
    double[] returns = new double[LONGEST + 1]; // by the number of steps that follow
    for (int left = 1; left <= LONGEST; left++) {
      returns[left] = 1 + discount * returns[left - 1];
    }
    ToDoubleFunction<Step> toReturn = step -> returns[lengths.get(step.episode()) - step.time()];
    double[] sums = new double[LONGEST];
    int[] counts = new int[LONGEST];
    for (Step step : steps) {
      sums[step.time()] += toReturn.applyAsDouble(step);
      counts[step.time()]++;
    }
    double[] advantages =
        steps.stream()
            .mapToDouble(
                step -> toReturn.applyAsDouble(step) - sums[step.time()] / counts[step.time()])
            .toArray();
    double squares = 0;
    for (double advantage : advantages) {
      squares += advantage * advantage;
    }
    double scale = Math.sqrt(squares / advantages.length) + TINY;
    float[] values = new float[advantages.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (advantages[i] / scale);
    }
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  /** The mean return: how many steps an episode took. */
  double meanReturn() {
    return lengths.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }

  /** What was seen in one of the episodes, first to last. */
  List<CartPole> statesOf(int episode) {
    return steps.stream().filter(step -> step.episode() == episode).map(Step::seen).toList();
  }
}
