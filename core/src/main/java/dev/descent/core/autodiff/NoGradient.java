package dev.descent.core.autodiff;

import java.util.function.Supplier;

/**
 * A region in which no result remembers the operation that made it: for measuring a model, where
 * the graph would only keep intermediate results alive. The region is the call, on the thread that
 * makes it; nothing is switched on or off for anybody else.
 *
 * <pre>{@code
 * Tensor logits = NoGradient.of(() -> model.forward(images));
 * }</pre>
 */
public final class NoGradient {
  private static final ScopedValue<Boolean> ACTIVE = ScopedValue.newInstance();

  private NoGradient() {}

  /** Computes without recording; regions may be nested. */
  public static <T> T of(Supplier<T> computation) {
    return ScopedValue.where(ACTIVE, true).call(computation::get);
  }

  /** Runs without recording; regions may be nested. */
  public static void run(Runnable action) {
    ScopedValue.where(ACTIVE, true).run(action);
  }

  /** Whether the caller is in such a region. */
  public static boolean isActive() {
    return ACTIVE.orElse(false);
  }

  /** Records even inside a region: for those who have said by an argument that they need it. */
  static void recording(Runnable action) {
    ScopedValue.where(ACTIVE, false).run(action);
  }

  /** Computes and records even inside a region. */
  static <T> T recorded(Supplier<T> computation) {
    return ScopedValue.where(ACTIVE, false).call(computation::get);
  }
}
