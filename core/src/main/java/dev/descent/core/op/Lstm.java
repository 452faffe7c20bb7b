package dev.descent.core.op;

import static dev.descent.core.op.Convolutions.slice;

import dev.descent.core.autodiff.Checkpoint;
import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.RecurrentKernels;
import dev.descent.core.kernel.RecurrentSteps;
import dev.descent.core.kernel.Slice;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A layer of long short-term memory over sequences, in PyTorch's form (Hochreiter and Schmidhuber
 * 1997, "Long Short-Term Memory"; with the forget gate of Gers et al. 2000). From step to step
 *
 * <pre>{@code
 * [i f g o] = x W^T + b + h U^T + d    i, f, o through the sigmoid, g through tanh
 * c <- f c + i g
 * h <- o tanh c
 * }</pre>
 *
 * The result holds all states, {@code [2, time + 1, batch, hidden]}: first the hidden states h,
 * then the cells c, each from the initial one to that after the last step.
 *
 * <p>The derivative goes back through all steps: with {@code dc} also {@code dh o (1 - tanh^2 c)},
 * the sums get {@code dc g i (1 - i)}, {@code dc c f (1 - f)}, {@code dc i (1 - g^2)} and {@code dh
 * tanh c o (1 - o)}, c gets {@code dc f}, h gets these times U, and the weights one product over
 * all steps. Where it is to be differentiated again, it is computed step by step.
 *
 * @param input {@code [time, batch, in]}
 * @param weightInput W, {@code [4 hidden, in]}: rows of i, f, g and o
 * @param weightHidden U, {@code [4 hidden, hidden]}
 * @param biasInput b, {@code [4 hidden]}
 * @param biasHidden d, {@code [4 hidden]}; there are two because PyTorch has two
 * @param hidden the initial h, {@code [batch, hidden]}
 * @param cell the initial c, {@code [batch, hidden]}
 * @param gates memory for the gates, {@code [time, batch, 4 hidden]}, which {@link #forward} fills
 *     for {@link #backward}
 */
public record Lstm(
    Tensor input,
    Tensor weightInput,
    Tensor weightHidden,
    Tensor biasInput,
    Tensor biasHidden,
    Tensor hidden,
    Tensor cell,
    Tensor gates)
    implements Op {
  private static final int GATES = 4;

  /**
   * Checks that the operands fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not
   */
  public Lstm {
    Recurrences.check("lstm", GATES, input, weightInput, weightHidden, biasInput, biasHidden);
    Recurrences.checkState("lstm", input, weightHidden, hidden);
    Recurrences.checkState("lstm", input, weightHidden, cell);
  }

  /** With memory of its own. */
  public Lstm(
      Tensor input,
      Tensor weightInput,
      Tensor weightHidden,
      Tensor biasInput,
      Tensor biasHidden,
      Tensor hidden,
      Tensor cell) {
    this(
        input,
        weightInput,
        weightHidden,
        biasInput,
        biasHidden,
        hidden,
        cell,
        Tensor.zeros(Recurrences.sums("lstm", GATES, input, weightInput)));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weightInput, weightHidden, biasInput, biasHidden, hidden, cell);
  }

  @Override
  public Shape shape() {
    Shape steps = input.shape();
    return Shape.of(2, steps.length(0) + 1, steps.length(1), hidden.shape().length(1));
  }

  @Override
  public void forward(float[] out, int offset) {
    Recurrences.copy(hidden, out, offset);
    Recurrences.copy(cell, out, offset + shape().size() / 2);
    Matrix turnedInput = Recurrences.turned(weightInput);
    Matrix turnedHidden = Recurrences.turned(weightHidden);
    Tensor bias = new Add(biasInput, biasHidden).evaluate();
    Recurrences.parts(input, weightHidden)
        .forEach(part -> {
          Matrix sums = Recurrences.sums(gates.array(), gates.offset(), part);
          Recurrences.fill(bias, sums);
          Kernels.multiply(Recurrences.inputs(input, part), turnedInput, sums, true);
          RecurrentKernels.lstm(part, turnedHidden, slice(gates), new Slice(out, offset));
        });
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    if (sink.recorded()) {
      new Checkpoint(this::composed, inputs(), List.of(), shape()).backward(output, gradient, sink);
      return;
    }
    Tensor dInput = Recurrences.gradientOf(input, sink);
    SumsGradient ofInputs = new SumsGradient(sink, weightInput);
    SumsGradient ofStates = new SumsGradient(sink, weightHidden, biasInput, biasHidden);
    float[] dState = sink.array(2 * hidden.size());
    int last = gradient.size() / 2 - hidden.size();
    Recurrences.copy(gradient, last, dState, 0, hidden.size());
    Recurrences.copy(gradient, last + gradient.size() / 2, dState, hidden.size(), hidden.size());
    float[] memory = sink.array(Recurrences.largest(input, weightHidden));
    for (RecurrentSteps part : Recurrences.parts(input, weightHidden).toList().reversed()) {
      RecurrentKernels.lstmGradient(
          part,
          Recurrences.matrix(weightHidden),
          slice(gates),
          slice(output),
          slice(gradient),
          dState,
          memory);
      Matrix dSums = Matrix.rowMajor(memory, 0, part.rows(), part.width());
      Recurrences.addInput(dSums, weightInput, dInput, part);
      ofInputs.add(dSums, Recurrences.inputs(input, part));
      ofStates.add(dSums, Recurrences.before(output, part));
    }
    sink.add(input, dInput);
    ofInputs.handOn();
    ofStates.handOn();
    sink.add(hidden, Tensor.of(hidden.shape(), Arrays.copyOf(dState, hidden.size())));
    sink.add(
        cell,
        Tensor.of(cell.shape(), Arrays.copyOfRange(dState, hidden.size(), 2 * hidden.size())));
  }

  /** The same, step by step, of operations that can be differentiated as often as you like. */
  private Tensor composed(List<Tensor> operands) {
    Tensor x = operands.get(0);
    Tensor h = operands.get(5);
    Tensor c = operands.get(6);
    List<Tensor> hiddens = new ArrayList<>(List.of(h));
    List<Tensor> cells = new ArrayList<>(List.of(c));
    for (int step = 0; step < x.shape().length(0); step++) {
      Tensor sums =
          new Affine(Recurrences.step(x, step), operands.get(1), operands.get(3))
              .evaluate()
              .plus(new Affine(h, operands.get(2), operands.get(4)).evaluate());
      int size = h.shape().length(1);
      Tensor i = Recurrences.gate(sums, 0, size).sigmoid();
      Tensor f = Recurrences.gate(sums, 1, size).sigmoid();
      Tensor g = Recurrences.gate(sums, 2, size).tanh();
      Tensor o = Recurrences.gate(sums, 3, size).sigmoid();
      c = f.times(c).plus(i.times(g));
      h = o.times(c.tanh());
      hiddens.add(h);
      cells.add(c);
    }
    return Tensor.stack(Recurrences.inTime(hiddens), Recurrences.inTime(cells));
  }
}
