package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientMemoryTest {
  private static final Shape SHAPE = Shape.of(3);

  /** An operation of somebody else's: gives its input, and keeps the gradients that it sees. */
  private record Spy(Tensor input, List<Tensor> seen) implements Op {
    @Override
    public List<Tensor> inputs() {
      return List.of(input);
    }

    @Override
    public Shape shape() {
      return input.shape();
    }

    @Override
    public void forward(float[] out, int offset) {
      System.arraycopy(input.array(), input.offset(), out, offset, input.size());
    }

    @Override
    public void backward(Tensor output, Tensor gradient, GradientSink sink) {
      seen.add(gradient);
      sink.add(input, gradient);
    }
  }

  // ---- who may look at an array as long as they like

  @Test
  void gradientsThatAreShownToAnOperationOfSomebodyElseAreNotWrittenOver() {
    Parameter x = Parameter.of(SHAPE, 1, 2, 3);
    List<Tensor> seen = new ArrayList<>();
    for (int pass = 0; pass < 3; pass++) {
      Tensor spied = new Spy(x.times(5), seen).evaluate();
      Tensor both = spied.times(2).plus(spied.times(3));
      new Spy(both.times(4), seen).evaluate().times(7).sum().backward();
    }

    assertThat(seen).hasSize(6);
    for (int i = 0; i < 6; i += 2) {
      assertThat(seen.get(i).toArray()).containsOnly(7);
      assertThat(seen.get(i + 1).toArray()).containsOnly(140);
    }
    assertThat(x.gradient().toArray()).containsOnly(3 * 700);
  }

  @Test
  void gradientsThatWereAskedForAreNotWrittenOver() {
    Parameter x = Parameter.of(SHAPE, 1, 2, 3);
    Tensor y = x.times(2);
    Tensor view = y.reshape(3, 1);
    Tensor loss = view.times(3).plus(view.times(4)).times(5).sum();

    List<Tensor> gradients = Backward.gradients(loss, List.of(x, y, view), false);
    for (int pass = 0; pass < 3; pass++) {
      x.times(11).times(13).times(17).sum().backward();
    }

    assertThat(gradients.get(0).toArray()).containsOnly(70);
    assertThat(gradients.get(1).toArray()).containsOnly(35);
    assertThat(gradients.get(2).toArray()).containsOnly(35);
  }

  /**
   * Both terms of a sum have its gradient, in one array; the first to get more must not spoil it.
   */
  @Test
  void anArrayInWhichAnotherGradientLiesIsNotWrittenOver() {
    Parameter x = Parameter.of(SHAPE, 1, 2, 3);
    Tensor a = x.times(2);
    Tensor b = x.times(3);
    Tensor sum = a.plus(b).times(5);

    sum.plus(a.times(7)).plus(b.times(11)).sum().backward();

    assertThat(x.gradient().toArray()).containsOnly(2 * (5 + 7) + 3 * (5 + 11));
  }

  // ---- what it is for

  /** Of operations without vector loops, which make objects before they are compiled. */
  @Test
  void thePassesOfATrainingRunMakeNoGarbageOfTheirGradients() {
    Parameter x = Parameter.of(Shape.of(100, 1000), new float[100_000]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] allocated = new long[3];
    for (int pass = 0; pass < allocated.length; pass++) {
      Tensor loss = x.permute(1, 0).slice(0, 0, 999).permute(1, 0).slice(0, 0, 99).sum();
      x.clearGradient();
      long before = threads.getCurrentThreadAllocatedBytes();
      loss.backward();
      allocated[pass] = threads.getCurrentThreadAllocatedBytes() - before;
    }

    assertThat(allocated[0]).isGreaterThan(4 * 390_000);
    assertThat(allocated[2]).isLessThan(100_000);
  }

  // ---- the arrays

  @Test
  void anArrayIsTakenAgainWhenNobodyUsesItAnyMore() {
    GradientMemory memory = new GradientMemory();
    float[] array = memory.take(5);
    memory.use(array);
    memory.endOperation();

    assertThat(memory.take(5)).isNotSameAs(array);
    memory.release(array);
    assertThat(memory.take(4)).isNotSameAs(array);
    assertThat(memory.take(5)).isSameAs(array);
  }

  @Test
  void whatAPassHadNoUseForIsLetGo() {
    GradientMemory memory = new GradientMemory();
    float[] array = memory.take(5);
    memory.endOperation();
    memory.endPass();
    assertThat(memory.take(5)).isSameAs(array);
    memory.endOperation();
    memory.endPass();

    memory.take(6);
    memory.endOperation();
    memory.endPass();

    assertThat(memory.take(5)).isNotSameAs(array);
  }
}
