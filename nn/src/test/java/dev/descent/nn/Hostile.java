package dev.descent.nn;

import com.sun.management.ThreadMXBean;
import dev.descent.core.random.RandomStream;
import dev.descent.nn.data.DataException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** Files with damage in them, and what every reader owes to whoever opens one. */
public final class Hostile {
  /** What an exception with its trace and message may take. */
  private static final long FIXED_BYTES = 150_000;

  /** For each byte of a file that holds what it holds as it is. */
  public static final int PLAIN = 200;

  /** For each byte of a file that may be compressed: deflate makes 1032 of one. */
  public static final int COMPRESSED = 3000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final byte[] SMALL_NUMBERS = {0, 1, 2, 3, 4, 7, 8, 16, 32, 64, -1, -2, -128, 127};

  private Hostile() {}

  /** A file with one to four changes: of bits, bytes, lengths and words. */
  public static byte[] damaged(byte[] file, List<String> words, RandomStream random) {
    byte[] damaged = file;
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      damaged = change(damaged, words, random);
    }
    return damaged;
  }

  private static byte[] change(byte[] file, List<String> words, RandomStream random) {
    int at = random.nextInt(file.length + 1);
    int length = Math.min(random.nextInt(1 + random.nextInt(40)), file.length - at);
    byte[] word = words.get(random.nextInt(words.size())).getBytes(StandardCharsets.ISO_8859_1);
    return switch (random.nextInt(9)) {
      case 0 -> set(file, at, (byte) (byteAt(file, at) ^ 1 << random.nextInt(8)));
      case 1 -> set(file, at, SMALL_NUMBERS[random.nextInt(SMALL_NUMBERS.length)]);
      case 2 -> set(file, at, (byte) random.nextInt(256));
      case 3 -> set(file, random.nextInt(8), SMALL_NUMBERS[random.nextInt(SMALL_NUMBERS.length)]);
      case 4 -> Arrays.copyOf(file, at);
      case 5 -> splice(file, at, at + length, new byte[0]);
      case 6 -> splice(file, at, at, Arrays.copyOfRange(file, at, at + length));
      case 7 -> splice(file, at, at, word);
      default -> splice(file, at, Math.min(file.length, at + word.length), word);
    };
  }

  private static int byteAt(byte[] file, int at) {
    return at < file.length ? file[at] : 0;
  }

  private static byte[] set(byte[] file, int at, byte value) {
    byte[] changed = file.clone();
    if (at < file.length) {
      changed[at] = value;
    }
    return changed;
  }

  private static byte[] splice(byte[] file, int from, int to, byte[] inserted) {
    byte[] changed = Arrays.copyOf(file, from + inserted.length + file.length - to);
    System.arraycopy(inserted, 0, changed, from, inserted.length);
    System.arraycopy(file, to, changed, from + inserted.length, file.length - to);
    return changed;
  }

  /**
   * Reads a file: it is good, or there is one clear line, and neither takes more memory than the
   * file gives reason for.
   *
   * @param bytesForEach how much memory a byte of the file may take
   * @param read what reads it, and uses whatever it got
   * @return whether the file was good
   */
  public static boolean isGood(byte[] file, int bytesForEach, Consumer<byte[]> read) {
    long most = FIXED_BYTES + (long) bytesForEach * file.length;
    Outcome outcome = outcome(file, read);
    if (outcome.allocated > most) {
      // The first time, classes are loaded and the compiler's loops entered.
      outcome = outcome(file, read);
    }
    if (outcome.allocated > most) {
      throw new AssertionError(
          "%,d bytes for %s".formatted(outcome.allocated, HexFormat.of().formatHex(file)));
    }
    return outcome.good;
  }

  private record Outcome(boolean good, long allocated) {}

  private static Outcome outcome(byte[] file, Consumer<byte[]> read) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean good = true;
    try {
      read.accept(file);
    } catch (DataException e) {
      good = false;
      checkLine(e.getMessage());
    } catch (RuntimeException | Error e) {
      throw new AssertionError("read of " + HexFormat.of().formatHex(file), e);
    }
    return new Outcome(good, THREADS.getCurrentThreadAllocatedBytes() - before);
  }

  private static void checkLine(String message) {
    if (!message.startsWith("file") || message.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("no clear line: " + message);
    }
  }
}
