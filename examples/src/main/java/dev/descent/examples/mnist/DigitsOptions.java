package dev.descent.examples.mnist;

import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.Terminal;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Mnist;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
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

  /** The images in so few words that they can be compared: {@code 10000, CRC-32C 1c291ca3}. */
  public static String describe(Dataset images) {
    CRC32C checksum = new CRC32C();
    Tensor inputs = images.inputs();
    int length = images.exampleShape().size();
    ByteBuffer bytes = ByteBuffer.allocate((length + 1) * Float.BYTES);
    for (int i = 0; i < images.size(); i++) {
      bytes.clear();
      bytes.asFloatBuffer().put(inputs.array(), inputs.offset() + i * length, length);
      bytes.putInt(length * Float.BYTES, images.labels().get(i));
      checksum.update(bytes);
    }
    return "%d images, CRC-32C %08x".formatted(images.size(), checksum.getValue());
  }
}
