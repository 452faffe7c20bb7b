package dev.descent.examples.mnist;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Mnist;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Fetches the full MNIST set, 60,000 training and 10,000 test images, from public mirrors into a
 * directory that keeps it.
 *
 * <p>A file gets its name only once its content is proved by its SHA-256, so whatever bears the
 * name is right. Until then it is called {@code .part}; a download that was cut off goes on where
 * it stopped, at the next mirror or in the next run.
 *
 * <p>The digests are those of the unpacked files. The same data are about in differently compressed
 * {@code .gz} files, and it is the data that matter.
 */
public final class MnistDownload {
  /** Where the files are, in the order in which the mirrors are asked. */
  public static final List<URI> MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  /**
   * A file to fetch, compressed with gzip.
   *
   * @param name its name at the mirrors and in the directory
   * @param bytes its unpacked length
   * @param sha256 the digest of the unpacked bytes, in hexadecimal
   */
  record Item(String name, long bytes, String sha256) {}

  /** The canonical four files. */
  static final List<Item> FILES =
      List.of(
          new Item(
              Mnist.TRAINING_IMAGES + ".gz",
              47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new Item(
              Mnist.TRAINING_LABELS + ".gz",
              60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new Item(
              Mnist.TEST_IMAGES + ".gz",
              7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new Item(
              Mnist.TEST_LABELS + ".gz",
              10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  private static final int BUFFER = 1 << 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Told how far a download has got. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some bytes have arrived.
     *
     * @param file the name of the file
     * @param received how many of its bytes are there, those of an earlier run included
     * @param total how many it has, or -1 where the mirror does not say
     */
    void received(String file, long received, long total);
  }

  private final List<URI> mirrors;
  private final List<Item> files;
  private final Duration patience;

  /** The canonical files from the public {@link #MIRRORS}. */
  public MnistDownload() {
    this(MIRRORS, FILES, PATIENCE);
  }

  /**
   * Any files from any mirrors.
   *
   * @param mirrors folders, each ending in a slash
   * @param patience how long a mirror may be silent before the next one is asked
   */
  MnistDownload(List<URI> mirrors, List<Item> files, Duration patience) {
    this.mirrors = mirrors;
    this.files = files;
    this.patience = patience;
  }

  /**
   * Where the set is kept unless the user says otherwise: {@code descent/mnist} in {@code
   * $XDG_CACHE_HOME}, or in {@code ~/.cache} where that is not set.
   */
  public static Path defaultDirectory() {
    return defaultDirectory(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path defaultDirectory(Map<String, String> environment, Path home) {
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // The XDG specification wants a relative path ignored.
    return (cache.isAbsolute() ? cache : home.resolve(".cache")).resolve("descent/mnist");
  }

  /**
   * Sees to it that the directory holds all files, whole and proved. Asks the network only for
   * those that it does not hold already. A second process that wants the same waits for the first.
   *
   * @param directory made if it does not exist
   * @throws DataException if a file cannot be had from any mirror (the message says what happened
   *     at each of them), or the directory cannot be written
   */
  public void into(Path directory, Progress progress) {
    synchronized (MnistDownload.class) { // a file lock is for processes only
      try {
        Files.createDirectories(directory);
        try (FileChannel lock =
                FileChannel.open(
                    directory.resolve(".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock _ = lock.lock()) {
          for (Item file : files) {
            if (!isProved(directory.resolve(file.name()), file)) {
              fetch(file, directory, progress);
            }
          }
        }
      } catch (IOException e) {
        throw new DataException(directory.toString(), "cannot be written: " + e.getMessage(), e);
      }
    }
  }

  private void fetch(Item file, Path directory, Progress progress) throws IOException {
    Path part = directory.resolve(file.name() + ".part");
    List<String> failures = new ArrayList<>();
    boolean proved = isProved(part, file);
    try (ResumableDownload download = new ResumableDownload(patience)) {
      for (int i = 0; i < mirrors.size() && !proved; i++) {
        URI uri = mirrors.get(i).resolve(file.name());
        try {
          proved = fetch(uri, file, part, download, progress);
          if (!proved) {
            failures.add(uri + ": wrong SHA-256");
          }
        } catch (IOException e) {
          failures.add(uri + ": " + reason(e));
        }
      }
    }
    Path target = directory.resolve(file.name());
    if (!proved) {
      throw new DataException(
          target.toString(), "no mirror gave it (" + String.join("; ", failures) + ")");
    }
    Files.move(part, target, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** Fetches the file from one mirror; what proves wrong is deleted. */
  private static boolean fetch(
      URI uri, Item file, Path part, ResumableDownload download, Progress progress)
      throws IOException {
    boolean resumed =
        download.fetch(
            uri,
            part,
            file.bytes(), // compressed it is shorter
            (received, total) -> progress.received(file.name(), received, total));
    if (isProved(part, file)) {
      return true;
    }
    Files.delete(part);
    // The beginning may have come from elsewhere: then this mirror has not been judged yet.
    return resumed && fetch(uri, file, part, download, progress);
  }

  /** Whether the file is there and unpacks to exactly the bytes that it should hold. */
  private static boolean isProved(Path path, Item file) {
    if (!Files.exists(path)) {
      return false;
    }
    MessageDigest sha256 = sha256();
    long bytes = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        bytes += read;
        if (bytes > file.bytes()) {
          return false;
        }
      }
    } catch (IOException e) {
      return false; // not gzip, cut off or damaged: in any case not the file
    }
    return HexFormat.of().formatHex(sha256.digest()).equals(file.sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return e.getCause() instanceof UnresolvedAddressException
          ? "host not found"
          : "no connection";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
