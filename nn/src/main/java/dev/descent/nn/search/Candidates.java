package dev.descent.nn.search;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Settings to be tried, of any type; a record does well. All combinations of some values:
 *
 * <pre>{@code
 * record Settings(double learningRate, int hidden) {}
 *
 * Candidates<Settings> grid =
 *     Candidates.of(new Settings(0.001, 16))
 *         .vary(List.of(0.001, 0.01, 0.1), (s, rate) -> new Settings(rate, s.hidden()))
 *         .vary(List.of(16, 64), (s, hidden) -> new Settings(s.learningRate(), hidden));
 * }</pre>
 *
 * <p>or some drawn at random, which finds better ones with as many trials where not all settings
 * matter alike (Bergstra and Bengio 2012, "Random Search for Hyper-Parameter Optimization"):
 *
 * <pre>{@code
 * Candidates<Settings> drawn =
 *     Candidates.drawn(
 *         20, 1, random -> new Settings(Draw.logUniform(random, 1e-4, 0.1), Draw.from(random, 16, 64)));
 * }</pre>
 *
 * @param all at least one, in the order in which equally good ones are preferred
 * @param <C> what one candidate is
 */
public record Candidates<C>(List<C> all) {
  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Candidates {
    all = List.copyOf(all);
    Check.check(!all.isEmpty(), "the number of candidates", 0, "at least one");
  }

  /** These. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public static <C> Candidates<C> of(C... candidates) {
    return new Candidates<>(List.of(candidates));
  }

  /**
   * Candidates drawn at random. The first ones are the same however many there are.
   *
   * @param count how many, at least 1
   * @param seed where chance comes from
   * @param draw makes a candidate of random numbers, a stream of its own for each
   */
  public static <C> Candidates<C> drawn(
      int count, long seed, Function<? super RandomStream, ? extends C> draw) {
    Check.steps("count", count);
    return new Candidates<>(
        IntStream.range(0, count)
            .<C>mapToObj(i -> draw.apply(RandomStream.of(seed, "candidate", i)))
            .toList());
  }

  /**
   * Each of these with each of some values, the values changing fastest.
   *
   * @param with a candidate with another value
   */
  public <V> Candidates<C> vary(
      Collection<? extends V> values, BiFunction<? super C, ? super V, ? extends C> with) {
    return new Candidates<>(
        all.stream()
            .flatMap(candidate -> values.stream().<C>map(value -> with.apply(candidate, value)))
            .toList());
  }
}
