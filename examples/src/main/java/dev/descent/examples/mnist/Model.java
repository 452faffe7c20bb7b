package dev.descent.examples.mnist;

import dev.descent.examples.cli.Numbers;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** The kinds of networks that can be trained. */
enum Model {
  /** A multilayer perceptron: hidden layers only. */
  MLP(new LayerSizes(512)),
  /** Two convolutions with pooling, before the hidden layers. */
  CNN(new LayerSizes(128)),
  /** Long short-term memory that reads an image row by row, and the hidden layers after it. */
  LSTM(new LayerSizes());

  private final LayerSizes usualHidden;

  Model(LayerSizes usualHidden) {
    this.usualHidden = usualHidden;
  }

  /** The hidden layers unless others are asked for. */
  LayerSizes usualHidden() {
    return usualHidden;
  }

  /** As the command line takes it: {@code cnn}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name in lower case. */
  static final class Converter implements ITypeConverter<Model> {
    @Override
    public Model convert(String text) {
      return Arrays.stream(values())
          .filter(known -> known.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new Numbers.Expected("mlp, cnn or lstm"));
    }
  }
}
