package dev.descent.core.autodiff;

import dev.descent.core.op.Add;
import dev.descent.core.op.BroadcastTo;
import dev.descent.core.op.Reshape;
import dev.descent.core.op.Sum;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The backward walk: from a scalar through the operations that made it, each after everything that
 * uses its result, handing gradients on. The order depends on the graph alone, so gradients add up
 * in the same order, to the same bits, each time. Iterative: a deep graph does not overflow the
 * stack.
 */
public final class Backward implements GradientSink {
  /** What the walk knows so far of d loss / d tensor, for results of operations. */
  private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();

  /** Tensors whose gradient is asked for and kept; null: parameters take their own. */
  private final @Nullable Set<Tensor> wanted;

  private final boolean recorded;

  private GradientMemory memory = new GradientMemory();

  /** Whether the operation at work is one of somebody else, who may keep what they are shown. */
  private boolean isShown;

  private Backward(@Nullable Set<Tensor> wanted, boolean recorded) {
    this.wanted = wanted;
    this.recorded = recorded;
  }

  /**
   * Adds the gradient of the loss to every trainable parameter that the loss was made from.
   *
   * @param loss a tensor of one element
   * @throws IllegalStateException if the loss has not one element, or no parameter to flow to
   */
  public static void accumulate(Tensor loss) {
    new Backward(null, false).walkFrom(loss);
  }

  /**
   * The gradients of the loss with respect to some tensors, leaving every parameter's own gradient
   * as it is.
   *
   * @param loss a tensor of one element
   * @param tensors trainable parameters, or results on the way to the loss
   * @param recorded whether the gradients can themselves be differentiated: true for second
   *     derivatives; false frees intermediate results at once
   * @return a gradient for each tensor, of its shape; zeros where the loss does not depend on it
   * @throws IllegalStateException if the loss has not one element, or no parameter to flow to
   * @throws IllegalArgumentException if a tensor is a constant or a frozen parameter: whether the
   *     loss depends on it was not recorded
   */
  public static List<Tensor> gradients(
      Tensor loss, List<? extends Tensor> tensors, boolean recorded) {
    for (int i = 0; i < tensors.size(); i++) {
      if (!tensors.get(i).requiresGradient()) {
        throw new IllegalArgumentException(
            "gradients() needs trainable parameters or results of them; tensor %d, of shape %s, is"
                    .formatted(i, tensors.get(i).shape())
                + " a constant or frozen");
      }
    }
    Backward walk = new Backward(Results.identitySet(tensors), recorded);
    if (recorded) {
      NoGradient.recording(() -> walk.walkFrom(loss));
    } else {
      walk.walkFrom(loss);
    }
    return walk.found(tensors);
  }

  /**
   * The gradients of some tensors, given the gradient of a result that was made from them: the
   * product of a vector and the Jacobian. The walk goes no further back than to these tensors.
   *
   * @param output a result
   * @param gradient the derivative of a loss with respect to it, of its shape
   * @param tensors what it was made from
   * @param recorded whether the gradients can themselves be differentiated
   * @return a gradient for each tensor, of its shape; zeros where the output does not depend on it
   */
  public static List<Tensor> through(
      Tensor output, Tensor gradient, List<? extends Tensor> tensors, boolean recorded) {
    Set<Tensor> inputs = Results.identitySet(tensors);
    Backward walk = new Backward(inputs, recorded);
    walk.add(output, gradient);
    walk.walk(Results.usersFirst(output, inputs));
    return walk.found(tensors);
  }

  private List<Tensor> found(List<? extends Tensor> tensors) {
    List<Tensor> result = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      Tensor gradient = gradients.get(tensor);
      result.add(gradient == null ? Tensor.zeros(tensor.shape()) : gradient);
    }
    return result;
  }

  private void walkFrom(Tensor loss) {
    if (loss.size() != 1) {
      throw new IllegalStateException(
          "backward() needs a loss of one element; this one has shape " + loss.shape());
    }
    if (!loss.requiresGradient()) {
      throw new IllegalStateException(
          "backward() needs a loss that was computed from a trainable parameter");
    }
    add(loss, Tensor.ones(loss.shape()));
    walk(Results.usersFirst(loss, Set.of()));
  }

  private void walk(List<Tensor> results) {
    Parameter keeper = recorded ? null : firstParameter(results);
    GradientMemory left = keeper == null ? null : keeper.takeMemory();
    if (left != null) {
      memory = left;
    }
    for (Tensor result : results) {
      Op operation = result.producer();
      Tensor gradient = gradients.get(result);
      if (operation == null || gradient == null) {
        continue;
      }
      isShown = !isOwn(operation);
      if (isShown) {
        memory.giveAway(gradient.array());
      }
      operation.backward(result, gradient, this);
      memory.endOperation();
      if (wanted == null || !wanted.contains(result)) {
        gradients.remove(result);
        memory.release(gradient.array());
      }
    }
    memory.endPass();
    if (keeper != null) {
      keeper.leaveMemory(memory);
    }
  }

  /** The trainable parameter that the walk comes to first, if there is one. */
  private static @Nullable Parameter firstParameter(List<Tensor> results) {
    for (Tensor result : results) {
      Op operation = result.producer();
      for (Tensor input : operation == null ? List.<Tensor>of() : operation.inputs()) {
        if (input instanceof Parameter parameter && parameter.trainable()) {
          return parameter;
        }
      }
    }
    return null;
  }

  /** Whether an operation is one of ours, none of which keeps what it is shown. */
  private static boolean isOwn(Op operation) {
    return operation.getClass().getPackageName().equals(Add.class.getPackageName());
  }

  @Override
  public boolean recorded() {
    return recorded;
  }

  @Override
  public boolean needs(Tensor input) {
    return input.requiresGradient();
  }

  @Override
  public void add(Tensor input, Op contribution) {
    if (!needs(input)) {
      return;
    }
    Op fitting = fitting(input, contribution);
    if (wanted == null && input instanceof Parameter parameter) {
      boolean isAdded = !parameter.isByRows() && parameter.gradient() != null;
      parameter.accumulateGradient(
          isAdded ? new Reshape(evaluate(fitting), input.shape()) : fitting);
    } else {
      keep(input, evaluate(fitting));
    }
  }

  @Override
  public void add(Tensor input, Tensor contribution) {
    add(input, new Reshape(contribution, contribution.shape()));
  }

  private void keep(Tensor input, Tensor contribution) {
    Tensor before = gradients.get(input);
    Tensor sum = before == null ? contribution : sum(before, contribution);
    memory.use(sum.array());
    if (before != null) {
      memory.release(before.array());
    }
    gradients.put(input, recorded ? sum : sum.detach());
  }

  private Tensor sum(Tensor before, Tensor contribution) {
    Op sum = new Add(before, contribution);
    if (memory.hasOneUser(before.array())) {
      sum.forward(before.array(), before.offset());
      return before;
    }
    return evaluate(sum);
  }

  @Override
  public Tensor evaluate(Op operation) {
    boolean isView = operation instanceof Reshape;
    if (recorded || isView || !isOwn(operation)) {
      return operation.evaluate();
    }
    float[] values = array(operation.shape().size());
    operation.forward(values, 0);
    return Tensor.of(operation.shape(), values);
  }

  @Override
  public float[] array(int length) {
    return recorded || isShown ? new float[length] : memory.take(length);
  }

  /** The contribution summed over the axes along which the input was broadcast. */
  private Op fitting(Tensor input, Op contribution) {
    if (contribution.shape().equals(input.shape())) {
      return contribution;
    }
    if (contribution.shape().broadcastsTo(input.shape())) {
      return new BroadcastTo(evaluate(contribution), input.shape());
    }
    Axes repeated = Axes.broadcast(input.shape(), contribution.shape());
    return new Reshape(evaluate(new Sum(evaluate(contribution), repeated, true)), input.shape());
  }
}
