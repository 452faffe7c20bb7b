package dev.descent.peers.tensorflow;

import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The network 784-128-10 with ReLU, mean cross-entropy and Adam as TensorFlow's graph, trained in a
 * session. It starts as PyTorch's Linear does: weights and biases uniform in ±1/√inputs.
 *
 * <p>The training set is in a variable of the graph. A step feeds 32 row numbers and fetches the
 * loss, with a runner that is made once. Of what was tried this is the fastest, with 120 thousand
 * images a second on one thread of an AMD EPYC and 60 to 76 thousand on two:
 *
 * <ul>
 *   <li>batches copied to a tensor in Java and fed: 80 to 88 thousand on one thread, 69 on two;
 *   <li>resource variables and ResourceApplyAdam instead of the framework's Adam: 114 and 62;
 *   <li>operations on the caller's thread instead of a pool ({@code interOpParallelismThreads} -1):
 *       122 and 60 to 85, no difference beyond the noise;
 *   <li>oneDNN switched off: 56 on two threads; XLA's just-in-time compiler: 48 to 54 on two.
 * </ul>
 *
 * <p>Labels are one-hot since the sparse form of the cross-entropy has no gradient here.
 */
final class Perceptron implements AutoCloseable {
  private static final int HIDDEN = 128;
  private static final float LEARNING_RATE = 0.001f;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Layer hidden;
  private final Layer output;
  private final Placeholder<TFloat32> images = placeholder(Digits.PIXELS);
  private final Operand<TInt64> digits;
  private final Session session;
  private final Session.Runner step;
  private final TInt32 batch;
  private final IntDataBuffer batchRows;

  /** A network with new weights, which will learn from {@code training}. */
  Perceptron(Digits training, int batchSize, int threads, Random random) {
    hidden = layer(random, Digits.PIXELS, HIDDEN);
    output = layer(random, HIDDEN, Digits.CLASSES);
    digits = tf.math.argMax(logits(images), tf.constant(1));

    VarHandleOp allImages = storage("images", training.size(), Digits.PIXELS);
    VarHandleOp allLabels = storage("labels", training.size(), Digits.CLASSES);
    Placeholder<TFloat32> labels = placeholder(Digits.CLASSES);
    Placeholder<TInt32> rows = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batchSize)));
    Operand<TFloat32> losses =
        tf.nn
            .softmaxCrossEntropyWithLogits(
                logits(tf.resourceGather(allImages, rows, TFloat32.class)),
                tf.resourceGather(allLabels, rows, TFloat32.class))
            .loss();
    Operand<TFloat32> loss = tf.math.mean(losses, tf.constant(0));
    Op update = new Adam(graph, LEARNING_RATE).minimize(loss);
    Op storeImages = tf.assignVariableOp(allImages, images);
    Op storeLabels = tf.assignVariableOp(allLabels, labels);

    session = new Session(graph, configuration(threads));
    session.initialize();
    try (TFloat32 pixels = tensor(training.pixels(), Digits.PIXELS);
        TFloat32 oneHot = tensor(training.oneHotLabels(), Digits.CLASSES)) {
      session
          .runner()
          .feed(images, pixels)
          .feed(labels, oneHot)
          .addTarget(storeImages)
          .addTarget(storeLabels)
          .run();
    }
    batch = TInt32.tensorOf(Shape.of(batchSize));
    batchRows = batch.asRawTensor().data().asInts();
    step = session.runner().feed(rows, batch).addTarget(update).fetch(loss);
  }

  /** A step with the training images in {@code order} from {@code start} on; the mean loss. */
  float train(int[] order, int start) {
    batchRows.write(order, start, (int) batchRows.size());
    try (Result result = step.run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** How many of the images are taken for what they are, in 0..1. */
  double accuracy(Digits test) {
    int correct = 0;
    try (TFloat32 pixels = tensor(test.pixels(), Digits.PIXELS);
        Result result = session.runner().feed(images, pixels).fetch(digits).run()) {
      TInt64 answers = (TInt64) result.get(0);
      for (int i = 0; i < test.size(); i++) {
        correct += answers.getLong(i) == test.labels()[i] ? 1 : 0;
      }
    }
    return (double) correct / test.size();
  }

  @Override
  public void close() {
    batch.close();
    session.close();
    graph.close();
  }

  private record Layer(Operand<TFloat32> weights, Operand<TFloat32> biases) {}

  private Layer layer(Random random, int inputs, int outputs) {
    float bound = (float) (1 / Math.sqrt(inputs));
    return new Layer(
        uniform(random, bound, Shape.of(inputs, outputs)),
        uniform(random, bound, Shape.of(outputs)));
  }

  private Operand<TFloat32> uniform(Random random, float bound, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-bound, bound);
    }
    return tf.variable(tf.constant(shape, DataBuffers.of(values)));
  }

  private Operand<TFloat32> logits(Operand<TFloat32> inputs) {
    return affine(tf.nn.relu(affine(inputs, hidden)), output);
  }

  private Operand<TFloat32> affine(Operand<TFloat32> inputs, Layer layer) {
    return tf.nn.biasAdd(tf.linalg.matMul(inputs, layer.weights), layer.biases);
  }

  private Placeholder<TFloat32> placeholder(int width) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
  }

  /** A variable that is not trained: the framework's Adam does not know its kind. */
  private VarHandleOp storage(String name, int rows, int width) {
    return tf.varHandleOp(TFloat32.class, Shape.of(rows, width), VarHandleOp.sharedName(name));
  }

  private static TFloat32 tensor(float[] values, int width) {
    return TFloat32.tensorOf(Shape.of(values.length / width, width), DataBuffers.of(values));
  }

  private static ConfigProto configuration(int threads) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .build();
  }
}
