package dev.descent.examples.mnist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.descent.examples.mnist.MnistDownload.Item;
import dev.descent.nn.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything here happens on the loopback address; the public mirrors are not asked. */
@Timeout(60)
class MnistDownloadTest {
  private static final byte[] CONTENT = content(1);
  private static final byte[] PACKED = gzip(CONTENT);
  private static final Item FILE = new Item("digits.gz", CONTENT.length, sha256(CONTENT));

  @TempDir Path directory;
  private HttpServer server;
  private ExecutorService threads;
  private final CountDownLatch end = new CountDownLatch(1);

  /** Each request as "path range". */
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    serve("good", exchange -> sendWithRange(exchange, PACKED));
  }

  @AfterEach
  void stopServer() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void fetchesAFileAndNamesItOnlyThen() {
    List<String> progress = new ArrayList<>();

    download("good")
        .into(
            directory.resolve("a/b"),
            (file, received, total) -> {
              progress.add(file + " " + received + " of " + total);
              assertThat(directory.resolve("a/b/digits.gz")).doesNotExist();
            });

    assertThat(directory.resolve("a/b/digits.gz")).hasBinaryContent(PACKED);
    assertThat(directory.resolve("a/b/digits.gz.part")).doesNotExist();
    assertThat(progress).last().isEqualTo("digits.gz %d of %<d".formatted(PACKED.length));
    assertThat(requests).containsExactly("/good/digits.gz from the start");
  }

  @Test
  void asksNothingForAFileThatIsThere() throws IOException {
    Files.write(directory.resolve("digits.gz"), PACKED);
    fetch("good");
    assertThat(requests).isEmpty();
  }

  /** The same data are about in differently compressed files. */
  @Test
  void takesTheSameDataCompressedDifferently() throws IOException {
    byte[] packed = gzip(CONTENT, 3);
    assertThat(packed).isNotEqualTo(PACKED);
    serve("other", exchange -> send(exchange, 200, packed));

    fetch("other");

    assertThat(directory.resolve("digits.gz")).hasBinaryContent(packed);
  }

  @Test
  void replacesAFileThatIsWrongOnceTheRightOneIsThere() throws IOException {
    Files.writeString(directory.resolve("digits.gz"), "wrong");

    assertThatThrownBy(() -> fetch("missing")).isInstanceOf(DataException.class);
    assertThat(directory.resolve("digits.gz")).hasContent("wrong");
    fetch("good");
    assertThat(directory.resolve("digits.gz")).hasBinaryContent(PACKED);
  }

  @Test
  void resumesWhereAnEarlierRunStopped() throws IOException {
    writePart(Arrays.copyOf(PACKED, 1000));
    List<Long> received = new ArrayList<>();

    download("good")
        .into(
            directory,
            (_, bytes, total) -> {
              received.add(bytes);
              assertThat(total).isEqualTo(PACKED.length);
            });

    assertFetched();
    assertThat(requests).containsExactly("/good/digits.gz bytes=1000-");
    assertThat(received).first().satisfies(bytes -> assertThat(bytes).isGreaterThan(1000));
    assertThat(received).last().isEqualTo((long) PACKED.length);
  }

  @Test
  void asksNothingForAPartThatIsWhole() throws IOException {
    writePart(PACKED);
    fetch("good");
    assertFetched();
    assertThat(requests).isEmpty();
  }

  @Test
  void startsOverWhereTheServerIgnoresRange() throws IOException {
    serve("simple", exchange -> send(exchange, 200, PACKED));
    writePart(Arrays.copyOf(PACKED, 1000));
    fetch("simple");
    assertFetched();
  }

  @Test
  void startsOverWhereTheServerSendsAnotherRange() throws IOException {
    serve(
        "odd",
        exchange -> {
          boolean ranged = exchange.getRequestHeaders().containsKey("Range");
          exchange.getResponseHeaders().add("Content-Range", "bytes 5-9/" + PACKED.length);
          send(exchange, ranged ? 206 : 200, PACKED);
        });
    writePart(Arrays.copyOf(PACKED, 1000));
    fetch("odd");
    assertFetched();
  }

  @Test
  void startsOverWhenThePartIsLongerThanTheFile() throws IOException {
    writePart(new byte[PACKED.length + 10]);
    fetch("good");
    assertFetched();
    assertThat(requests)
        .containsExactly(
            "/good/digits.gz bytes=" + (PACKED.length + 10) + "-",
            "/good/digits.gz from the start");
  }

  @Test
  void startsOverWhenThePartIsTheBeginningOfSomethingElse() throws IOException {
    writePart(Arrays.copyOf(gzip(content(2)), 1000));
    fetch("good");
    assertFetched();
    assertThat(requests)
        .containsExactly("/good/digits.gz bytes=1000-", "/good/digits.gz from the start");
  }

  @Test
  void goesOnAtTheNextMirrorWhenTheConnectionIsCut() throws IOException {
    serve(
        "cut",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, PACKED.length / 2);
          exchange.getResponseBody().flush();
          exchange.close();
        });

    assertThatThrownBy(() -> fetch("cut"))
        .isInstanceOf(DataException.class)
        .message()
        .startsWith(directory.resolve("digits.gz") + ": no mirror gave it (" + uri("cut") + ": ")
        .hasLineCount(1);
    assertThat(directory.resolve("digits.gz")).doesNotExist();
    assertThat(Files.readAllBytes(directory.resolve("digits.gz.part")))
        .isEqualTo(Arrays.copyOf(PACKED, PACKED.length / 2));

    Files.delete(directory.resolve("digits.gz.part"));
    requests.clear();
    fetch("cut", "good");
    assertFetched();
    assertThat(requests)
        .containsExactly(
            "/cut/digits.gz from the start", "/good/digits.gz bytes=" + PACKED.length / 2 + "-");
  }

  @Test
  void asksTheNextMirrorWhenOneHasNoFile() {
    fetch("missing", "good");
    assertFetched();
  }

  @Test
  void asksTheNextMirrorWhenTheDigestIsWrong() {
    byte[] wrong = gzip(content(2));
    serve("wrong", exchange -> sendWithRange(exchange, wrong));
    serve("page", exchange -> send(exchange, 200, "<html>Log in first</html>".getBytes(UTF_8)));

    fetch("wrong", "page", "good");

    assertFetched();
    assertThat(requests)
        .containsExactly(
            "/wrong/digits.gz from the start",
            "/page/digits.gz from the start",
            "/good/digits.gz from the start");
  }

  @Test
  void asksTheNextMirrorWhenOneFallsSilent() throws IOException {
    serve("mute", exchange -> await(end));
    serve(
        "slow",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, 1000);
          exchange.getResponseBody().flush();
          await(end);
        });

    fetch("mute", "slow", "good");

    assertFetched();
    assertThat(requests)
        .containsExactly(
            "/mute/digits.gz from the start",
            "/slow/digits.gz from the start",
            "/good/digits.gz bytes=1000-");
  }

  @Test
  void takesNoMoreThanTheFileCanHave() throws IOException {
    serve(
        "endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(PACKED);
          }
        });

    assertThatThrownBy(() -> fetch("endless"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(uri("endless") + ": more than " + CONTENT.length + " bytes");
    assertThat(Files.size(directory.resolve("digits.gz.part"))).isLessThanOrEqualTo(CONTENT.length);
    fetch("good");
    assertFetched();
  }

  @Test
  void namesEachMirrorAndWhatHappenedThere() throws IOException {
    serve("broken", exchange -> send(exchange, 503, new byte[0]));
    serve("wrong", exchange -> send(exchange, 200, gzip(content(2))));
    URI closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://localhost:" + socket.getLocalPort() + "/");
    }
    MnistDownload download =
        new MnistDownload(
            List.of(mirror("missing"), mirror("broken"), mirror("wrong"), closed),
            List.of(FILE),
            Duration.ofSeconds(5));

    assertThatThrownBy(() -> download.into(directory, (_, _, _) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            directory.resolve("digits.gz")
                + ": no mirror gave it ("
                + (uri("missing") + ": HTTP 404; ")
                + (uri("broken") + ": HTTP 503; ")
                + (uri("wrong") + ": wrong SHA-256; ")
                + (closed + "digits.gz: no connection)"));
    assertThat(directory.resolve("digits.gz")).doesNotExist();
    assertThat(directory.resolve("digits.gz.part")).doesNotExist();
  }

  /** A resolver without a network may take its time to say so. */
  @Test
  void namesAHostThatIsNotThere() {
    MnistDownload download =
        new MnistDownload(
            List.of(URI.create("http://mirror.invalid/")), List.of(FILE), Duration.ofSeconds(5));

    assertThatThrownBy(() -> download.into(directory, (_, _, _) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            ".* \\(http://mirror.invalid/digits.gz: (host not found|silent for 5.0 s)\\)");
  }

  @Test
  void keepsTheFilesThatItGotWhenAnotherFails() {
    Item absent = new Item("absent.gz", 10, sha256(new byte[10]));
    MnistDownload download =
        new MnistDownload(List.of(mirror("good")), List.of(FILE, absent), Duration.ofSeconds(5));
    serve("good/absent.gz", exchange -> send(exchange, 404, new byte[0]));

    assertThatThrownBy(() -> download.into(directory, (_, _, _) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent.gz: no mirror gave it");
    assertFetched();
  }

  @Test
  void namesADirectoryThatCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> download("good").into(file, (_, _, _) -> {}))
        .isInstanceOf(DataException.class)
        .message()
        .startsWith(file + ": cannot be written: ")
        .hasLineCount(1);
  }

  @Test
  void keepsTheSetInTheUsersCache() {
    Path home = Path.of("/home/ada");
    assertThat(MnistDownload.defaultDirectory(Map.of("XDG_CACHE_HOME", "/var/cache/ada"), home))
        .isEqualTo(Path.of("/var/cache/ada/descent/mnist"));
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("XDG_CACHE_HOME", ""),
            Map.of("XDG_CACHE_HOME", "relative"))) {
      assertThat(MnistDownload.defaultDirectory(environment, home))
          .isEqualTo(Path.of("/home/ada/.cache/descent/mnist"));
    }
  }

  @Test
  void mirrorsAreFoldersByHttps() {
    assertThat(MnistDownload.MIRRORS)
        .hasSizeGreaterThan(1)
        .allSatisfy(uri -> assertThat(uri.toString()).startsWith("https://").endsWith("/"));
  }

  private MnistDownload download(String... mirrors) {
    return new MnistDownload(
        Arrays.stream(mirrors).map(this::mirror).toList(), List.of(FILE), Duration.ofMillis(500));
  }

  private void fetch(String... mirrors) {
    download(mirrors).into(directory, (_, _, _) -> {});
  }

  private void assertFetched() {
    assertThat(directory.resolve("digits.gz")).hasBinaryContent(PACKED);
    assertThat(directory.resolve("digits.gz.part")).doesNotExist();
  }

  private void writePart(byte[] bytes) throws IOException {
    Files.write(directory.resolve("digits.gz.part"), bytes);
  }

  private URI mirror(String name) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name + "/");
  }

  private URI uri(String mirror) {
    return mirror(mirror).resolve("digits.gz");
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        "/" + path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(exchange.getRequestURI() + " " + (range == null ? "from the start" : range));
          handler.handle(exchange);
        });
  }

  private static void sendWithRange(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, bytes);
      return;
    }
    int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    if (start >= bytes.length) {
      send(exchange, 416, new byte[0]);
      return;
    }
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(start, bytes.length - 1, bytes.length));
    send(exchange, 206, Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Half noise, so that it compresses, but not to nothing. */
  private static byte[] content(long seed) {
    byte[] content = new byte[200_000];
    byte[] noise = new byte[100_000];
    new Random(seed).nextBytes(noise);
    System.arraycopy(noise, 0, content, 50_000, noise.length);
    return content;
  }

  private static byte[] gzip(byte[] content) {
    return gzip(content, 1);
  }

  private static byte[] gzip(byte[] content, int members) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int size = Math.ceilDiv(content.length, members);
    for (int start = 0; start < content.length; start += size) {
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(content, start, Math.min(size, content.length - start));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
