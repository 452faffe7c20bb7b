package dev.descent.peers.tensorflow;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Images of handwritten digits and what they show.
 *
 * @param pixels 784 of each image, 0 to 1
 * @param labels the digit of each image
 */
record Digits(float[] pixels, byte[] labels) {
  static final int PIXELS = 28 * 28;
  static final int CLASSES = 10;

  /** Reads the two files of {@code set}, which is "train" or "t10k", each plain or with .gz. */
  static Digits read(Path directory, String set) throws IOException {
    byte[] bytes = readIdx(directory, set + "-images-idx3-ubyte", PIXELS);
    byte[] labels = readIdx(directory, set + "-labels-idx1-ubyte", 1);
    if (bytes.length != labels.length * PIXELS) {
      throw new IOException(
          "%s: %d labels for %d images".formatted(set, labels.length, bytes.length / PIXELS));
    }
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / 255f;
    }
    return new Digits(pixels, labels);
  }

  int size() {
    return labels.length;
  }

  /** {@code [size, 10]}: 1 at the digit of each image and 0 elsewhere. */
  float[] oneHotLabels() {
    float[] rows = new float[size() * CLASSES];
    for (int i = 0; i < size(); i++) {
      rows[i * CLASSES + labels[i]] = 1;
    }
    return rows;
  }

  /** The bytes of an IDX file whose entries have {@code entrySize} of them. */
  private static byte[] readIdx(Path directory, String name, int entrySize) throws IOException {
    Path plain = directory.resolve(name);
    Path file = Files.exists(plain) ? plain : directory.resolve(name + ".gz");
    if (!Files.exists(file)) {
      throw new IOException("%s has neither %s nor %s.gz".formatted(directory, name, name));
    }
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(file.equals(plain) ? raw : new GZIPInputStream(raw))) {
      int kindAndRank = in.readInt();
      int count = in.readInt();
      int ofEntry = 1;
      for (int axis = 1; axis < (kindAndRank & 0xff); axis++) {
        ofEntry *= in.readInt();
      }
      byte[] bytes = in.readAllBytes();
      if (kindAndRank >> 8 != 8 || ofEntry != entrySize || bytes.length != count * entrySize) {
        throw new IOException(file + " is not an IDX file of " + entrySize + " bytes an entry");
      }
      return bytes;
    }
  }
}
