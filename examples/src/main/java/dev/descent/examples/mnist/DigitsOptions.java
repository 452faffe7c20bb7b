package dev.descent.examples.mnist;

import dev.descent.examples.cli.Terminal;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Mnist;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of every program that learns from handwritten digits: where they come from. */
public final class DigitsOptions {
  @ArgGroup private @Nullable Source source;

  /** Where the images come from, if not from the program. */
  static final class Source {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Take the full set from a directory with the four IDX files, plain or .gz.")
    @Nullable Path directory;

    @Option(
        names = "--download",
        description = "Take the full set from a public mirror. It is fetched once, 11 MB.")
    boolean download;
  }

  /** For picocli. */
  public DigitsOptions() {}

  /**
   * The 12,000 digits that come with the program, or the full set.
   *
   * @param quiet whether a download shows no progress
   * @throws DataException if they cannot be read or fetched
   */
  public Mnist load(boolean quiet) {
    if (source == null) {
      return EmbeddedDigits.load();
    }
    Path directory = source.directory;
    if (directory == null) {
      directory = MnistDownload.defaultDirectory();
      download(directory, quiet);
    }
    return Mnist.load(directory);
  }

  private static void download(Path directory, boolean quiet) {
    if (quiet || !Terminal.isInteractive()) {
      new MnistDownload().into(directory, (_, _, _) -> {});
    } else {
      try (DownloadBar bar = new DownloadBar()) {
        new MnistDownload().into(directory, bar);
      }
    }
  }
}
