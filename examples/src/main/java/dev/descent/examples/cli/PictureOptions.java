package dev.descent.examples.cli;

import dev.descent.examples.report.Pictures;
import dev.descent.nn.checkpoint.AtomicFile;
import dev.descent.nn.data.DataException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The option of programs that can draw what came out. */
public final class PictureOptions {
  @Option(
      names = "--picture",
      paramLabel = "FILE",
      converter = Png.class,
      description = "Draw what came out, into a PNG file.")
  private @Nullable Path file;

  /** For picocli. */
  public PictureOptions() {}

  /**
   * Says what cannot be written, before anything takes time.
   *
   * @throws DataException if the file is a folder or has none
   */
  public void begin() {
    if (file != null) {
      AtomicFile.check(file);
    }
  }

  /** Draws the picture and writes it, if one is wanted. */
  public void draw(Supplier<BufferedImage> picture) {
    if (file != null) {
      Pictures.write(picture, file);
    }
  }

  private static final class Png implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (!text.toLowerCase(Locale.ROOT).endsWith(".png")) {
        throw new Numbers.Expected("a file name that ends in .png");
      }
      return Path.of(text);
    }
  }
}
