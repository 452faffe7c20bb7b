package dev.descent.examples.mnist;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.examples.cli.Numbers;
import dev.descent.nn.init.Initializer;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Linear;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** What the layers start from. */
enum Initialization {
  /** What PyTorch's layers start from, so that runs can be compared. */
  PYTORCH(Initializer.pytorch(), Initializer.pytorch()),
  /** Made for relu; with biases of zero. */
  HE(Initializer.heUniform(), Initializer.constant(0)),
  /** What Keras's layers start from; with biases of zero. */
  GLOROT(Initializer.glorotUniform(), Initializer.constant(0));

  private final Initializer weights;
  private final Initializer biases;

  Initialization(Initializer weights, Initializer biases) {
    this.weights = weights;
    this.biases = biases;
  }

  Linear linear(int in, int out, RandomStream random) {
    return Linear.of(in, out, weights, biases, random);
  }

  Conv2d convolution(int in, int out, Window window, RandomStream random) {
    return Conv2d.of(in, out, window, window, 1, weights, biases, random);
  }

  /** As the command line takes it: {@code he}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name in lower case. */
  static final class Converter implements ITypeConverter<Initialization> {
    @Override
    public Initialization convert(String text) {
      return Arrays.stream(values())
          .filter(known -> known.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new Numbers.Expected("pytorch, he or glorot"));
    }
  }
}
