package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.rule.Rules;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
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
    Optimizer optimizer = optimizer(Rules.choose(rule, Map.of()).rule());
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    long allocated;
    do {
      allocated = allocatedBySteps(optimizer);
    } while (allocated > 0 && System.nanoTime() < deadline);
    assertThat(allocated).as("bytes in %d steps, after warming up", STEPS).isZero();
  }

  static Iterable<String> rules() {
    return Rules.names();
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
  private static Optimizer optimizer(UpdateRule rule) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (int size : new int[] {3_200, 128, 1280, 10}) {
      Parameter parameter = Parameter.of(Shape.of(size), new float[size]);
      parameter.sum().backward();
      parameters.put("p" + size, parameter);
    }
    return new Optimizer(parameters, rule);
  }
}
