package dev.descent.peers.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.tensorflow.TensorFlow;

/**
 * Trains on MNIST as {@code descent mnist --json} does, in batches of 32, and prints the same
 * lines: one for each epoch and one for the result. All images are floats beforehand, and the
 * seconds are those of training: shuffling, batches and steps, but not the evaluation.
 */
final class Main {
  private static final int BATCH_SIZE = 32;
  private static final String USAGE =
      "expected --data DIR, --threads N, --epochs N or --version, numbers of at least 1; got ";

  private Path data = Path.of("");
  private int threads = 1;
  private int epochs = 3;

  private Main(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--data" -> data = Path.of(value);
        case "--threads" -> threads = atLeastOne(value);
        case "--epochs" -> epochs = atLeastOne(value);
        default -> throw new IllegalArgumentException(USAGE + arguments[i]);
      }
    }
  }

  private static int atLeastOne(String value) {
    if (!value.matches("0*[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(USAGE + value);
    }
    return Integer.parseInt(value);
  }

  /** Exits with 2 when the arguments or the data are not as expected. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.printf("TensorFlow %s, JDK %s%n", TensorFlow.version(), Runtime.version());
      return;
    }
    try {
      new Main(arguments).run();
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("tensorflow-java: " + e.getMessage());
      System.exit(2);
    }
  }

  private void run() throws IOException {
    Digits training = Digits.read(data, "train");
    Digits test = Digits.read(data, "t10k");
    if (training.size() % BATCH_SIZE != 0) {
      throw new IOException(
          "%d training images; expected a multiple of 32".formatted(training.size()));
    }
    int[] order = new int[training.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Random random = new Random(1);
    double seconds = 0;
    double accuracy = 0;
    try (Perceptron network = new Perceptron(training, BATCH_SIZE, threads, random)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        long start = System.nanoTime();
        shuffle(order, random);
        double total = 0;
        for (int i = 0; i < order.length; i += BATCH_SIZE) {
          total += network.train(order, i);
        }
        double epochSeconds = (System.nanoTime() - start) / 1e9;
        seconds += epochSeconds;
        accuracy = network.accuracy(test);
        System.out.printf(
            "{\"epoch\":%d,\"seconds\":%.6f,\"trainLoss\":%.6f,\"testAccuracy\":%s}%n",
            epoch, epochSeconds, total * BATCH_SIZE / order.length, accuracy);
      }
    }
    System.out.printf(
        "{\"result\":{\"testAccuracy\":%s,\"trainSeconds\":%.6f,\"imagesPerSecond\":%.1f}}%n",
        accuracy, seconds, epochs * (double) order.length / seconds);
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
