package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.stage.ExponentialAverage;
import dev.descent.optim.stage.Lookahead;
import dev.descent.optim.transform.AdaptiveClipping;
import dev.descent.optim.transform.ClipByGlobalNorm;
import dev.descent.optim.transform.ClipByNorm;
import dev.descent.optim.transform.ClipByValue;
import dev.descent.optim.transform.FailOnNonFinite;
import dev.descent.optim.transform.GradientCentralisation;
import dev.descent.optim.transform.L1Penalty;
import dev.descent.optim.transform.L2Penalty;
import dev.descent.optim.transform.SkipNonFinite;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step allocates nothing, once the compiler has seen it. */
class AllocationTest {
  private static final int STEPS = 100;
  private static final int PATIENCE_SECONDS = 30;

  @ParameterizedTest
  @MethodSource("rules")
  @Tag("widths")
  void stepsDoNotAllocate(String rule) {
    assertStepsDoNotAllocate(optimizer(Rules.choose(rule, Map.of()).rule()));
  }

  private static void assertStepsDoNotAllocate(Optimizer optimizer) {
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    long allocated;
    do {
      allocated = allocatedBySteps(optimizer);
    } while (allocated > 0 && System.nanoTime() < deadline);
    assertThat(allocated).as("bytes in %d steps, after warming up", STEPS).isZero();
  }

  /** Noise is left out: it makes a stream of random numbers for each parameter. */
  @Test
  @Tag("widths")
  void stagesDoNotAllocate() {
    assertStepsDoNotAllocate(
        optimizer(
            new Adam(),
            new FailOnNonFinite(),
            new SkipNonFinite(1),
            new L1Penalty(0.1),
            new L2Penalty(0.1).where(Mask.named("p128")),
            new GradientCentralisation(),
            new AdaptiveClipping(),
            new ClipByNorm(0.2),
            new ClipByValue(0.1),
            new ClipByGlobalNorm(0.1),
            new Lookahead(),
            new ExponentialAverage(0.9)));
  }

  /** Neither do steps of some rows of a table. */
  @Test
  @Tag("widths")
  void stepsByRowsDoNotAllocate() {
    Parameter table = Parameter.of(Shape.of(100, 20), new float[2000]).byRows();
    table.gatherRows(3, 50, 3, 99).sum().backward();
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("table", table);
    assertStepsDoNotAllocate(
        new Optimizer(parameters, new Adam(), new ClipByGlobalNorm(0.1), new Lookahead()));
  }

  /**
   * Muon and Shampoo multiply matrices, and a product allocates what it copies to. The
   * specifications of rules that look at the whole parameter make matrices and sums.
   */
  static Iterable<String> rules() {
    Set<String> without =
        Machine.usesSimd()
            ? Set.of("muon", "shampoo")
            : Set.of("lars", "lamb", "adafactor", "muon", "shampoo", "prodigy");
    return Rules.names().stream().filter(rule -> !without.contains(rule)).toList();
  }

  private static long allocatedBySteps(Optimizer optimizer) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      optimizer.step();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** The network 784-128-10 in small: tensors with and without a tail. */
  private static Optimizer optimizer(UpdateRule rule, Stage... stages) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (Shape shape : List.of(Shape.of(32, 100), Shape.of(128), Shape.of(10, 128), Shape.of(10))) {
      Parameter parameter = Parameter.of(shape, new float[shape.size()]);
      parameter.sum().backward();
      parameters.put("p" + shape.size(), parameter);
    }
    return new Optimizer(parameters, rule, stages);
  }
}
