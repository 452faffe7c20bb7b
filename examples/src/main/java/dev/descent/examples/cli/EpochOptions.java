package dev.descent.examples.cli;

import picocli.CommandLine.Option;

/** Options of programs that go over their data again and again, batch by batch. */
public final class EpochOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Passes over the training data. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Examples per training step. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  /** What a program does unless told otherwise. */
  public EpochOptions(int epochs, int batchSize) {
    this.epochs = epochs;
    this.batchSize = batchSize;
  }

  /** Passes over the training data, at least 1. */
  public int epochs() {
    return epochs;
  }

  /** Examples per training step, at least 1. */
  public int batchSize() {
    return batchSize;
  }
}
