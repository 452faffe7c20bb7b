package dev.descent.core.kernel;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.op.Affine;
import dev.descent.core.op.AttentionMask;
import dev.descent.core.op.AttentionMix;
import dev.descent.core.op.AttentionScores;
import dev.descent.core.op.BatchNorm;
import dev.descent.core.op.LayerNorm;
import dev.descent.core.op.RmsNorm;
import dev.descent.core.op.SoftmaxCrossEntropy;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A program that prints a digest of the results and gradients of a fixed graph: large enough to be
 * shared among seven threads, and of no round size anywhere. {@link SameBitsTest} runs it with each
 * vector width and number of threads.
 */
final class SameBits {
  private static final int BATCH = 449;
  private static final int HIDDEN = 521;
  private static final int CLASSES = 11;

  private SameBits() {}

  public static void main(String[] arguments) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Tensor tensor : tensors()) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.size());
      bytes.asFloatBuffer().put(tensor.array(), tensor.offset(), tensor.size());
      digest.update(bytes);
      if (Float.isNaN(tensor.sum().item())) {
        throw new IllegalStateException("NaN has many bit patterns: no use in a digest");
      }
    }
    System.out.println(HexFormat.of().formatHex(digest.digest()));
  }

  private static List<Tensor> tensors() {
    Tensor images = uniform("images", BATCH, 19);
    Parameter weight1 = Parameter.of(uniform("weight1", HIDDEN, 19));
    Parameter bias1 = Parameter.of(uniform("bias1", HIDDEN));
    Parameter weight2 = Parameter.of(uniform("weight2", CLASSES, HIDDEN));
    Parameter bias2 = Parameter.of(uniform("bias2", CLASSES));
    Parameter scale = Parameter.of(uniform("scale", HIDDEN));
    int[] labels = new int[BATCH];
    RandomStream random = RandomStream.of(1, "labels");
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }

    Tensor linear = new Affine(images, weight1, bias1).evaluate();
    float[] kept = new float[BATCH * HIDDEN];
    random.nextZeros(0.1, 1, kept);
    Tensor dropped = linear.tanh().times(Tensor.of(Shape.of(BATCH, HIDDEN), kept));
    Tensor hidden = dropped.times(scale).plus(linear.relu());
    Tensor spread = hidden.dividedBy(hidden.square().mean(0).plus(1).sqrt());
    Tensor logits = new Affine(spread, weight2, bias2).evaluate();
    Tensor squares = logits.transpose().matmul(logits).dividedBy(BATCH);
    Tensor loss =
        new SoftmaxCrossEntropy(logits, Indices.of(labels))
            .evaluate()
            .plus(logits.logSoftmax().times(logits.softmax()).gatherRows(3, 1, 4, 1, 5).sum())
            .plus(spread.max(1).minus(spread.max(0).mean()).mean())
            .plus(squares.sigmoid().log().exp().mean())
            .plus(smooth(spread).plus(chosen(spread, linear)).mean())
            .plus(attended(spread).mean());
    loss.backward();

    List<Tensor> tensors = new ArrayList<>(List.of(loss, hidden, logits));
    for (Parameter parameter : List.of(weight1, bias1, weight2, bias2, scale)) {
      tensors.add(parameter.gradient());
    }
    tensors.addAll(Backward.gradients(loss, List.of(hidden, linear), false));
    return tensors;
  }

  /** Each of the smooth functions, normalised. */
  private static Tensor smooth(Tensor x) {
    Tensor rectified = x.gelu().plus(x.geluTanh()).plus(x.silu()).plus(x.softplus()).plus(x.elu(2));
    Tensor waves = x.sin().plus(x.cos()).times(x.erf()).plus(x.expm1().log1p());
    Tensor one = Tensor.ones(Shape.of(HIDDEN));
    return new LayerNorm(rectified.plus(waves), one, one, 1e-5f)
        .evaluate()
        .times(x.square().plus(1).rsqrt().power(1.5f))
        .plus(x.logSumExp(0));
  }

  /** Normalised in each way, and attention with a mask, over positions that are features. */
  private static Tensor attended(Tensor x) {
    Tensor one = Tensor.ones(Shape.of(HIDDEN));
    Tensor rows = new RmsNorm(x, one.times(0.5f), 1e-5f).evaluate();
    Tensor batch = BatchNorm.of(rows, one, one, 1e-5f).evaluate();
    Tensor heads = batch.reshape(1, BATCH, HIDDEN).slice(2, 0, 510);
    Tensor scores = new AttentionScores(heads, heads.tanh(), 6).evaluate();
    Tensor weights = AttentionMask.adding(scores.slice(1, 2, 3)).andCausal().weights(scores);
    Tensor images = new AttentionMix(weights, heads, false).evaluate().reshape(BATCH, 10, 51);
    Tensor channels = Tensor.ones(Shape.of(10));
    return BatchNorm.of(images, channels, channels, 1e-5f).evaluate().square();
  }

  /** What compares and chooses, and moves elements. */
  private static Tensor chosen(Tensor x, Tensor y) {
    Tensor mixed = x.maximum(y).minimum(x.abs()).where(x.greaterThan(y), y.leakyRelu(.1f));
    Tensor moved = Tensor.stack(mixed, x.clamp(-1, 1)).permute(1, 2, 0).pad(0, 1, 2);
    Tensor pairs = moved.matmul(moved.permute(0, 2, 1).slice(2, 3, 5));
    return pairs.slice(0, 0, BATCH).reshape(BATCH, 2 * HIDDEN).slice(1, 5, 5 + HIDDEN);
  }

  private static Tensor uniform(String name, int... lengths) {
    Shape shape = Shape.of(lengths);
    RandomStream random = RandomStream.of(1, name);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return Tensor.of(shape, values);
  }
}
