package dev.descent.examples.mnist;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches one file by HTTP and goes on where an earlier attempt stopped. It does not judge what it
 * fetches: whoever calls it checks the content.
 */
final class ResumableDownload implements AutoCloseable {
  /** Told how many bytes are there, and how many there will be or -1. */
  @FunctionalInterface
  interface Listener {
    void received(long received, long total);
  }

  private static final int BUFFER = 1 << 16;

  private final HttpClient client;
  private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration patience;

  /**
   * A download without a file yet.
   *
   * @param patience how long the server may be silent, when connecting and at any time after
   */
  ResumableDownload(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Fetches a file, or what is missing of it.
   *
   * @param part where it goes; if it exists, it is taken for the file's beginning
   * @param limit more bytes than this are refused
   * @return whether bytes that were there before have been kept
   * @throws IOException if not all of it came; what has arrived is in {@code part}
   */
  boolean fetch(URI uri, Path part, long limit, Listener listener) throws IOException {
    long start = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    HttpResponse<InputStream> response =
        await(client.sendAsync(request.build(), BodyHandlers.ofInputStream()));
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      boolean resumes = status == 206 && start > 0;
      if (status == 200 || resumes) {
        long kept = resumes ? start : 0;
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        save(body, part, kept, length < 0 ? -1 : kept + length, limit, listener);
        return resumes;
      }
      if (status != 416 || start == 0) {
        throw new IOException("HTTP " + status);
      }
    }
    // 416: the server's file does not go on after the bytes that are there.
    Files.delete(part);
    return fetch(uri, part, limit, listener);
  }

  private void save(
      InputStream body, Path part, long kept, long total, long limit, Listener listener)
      throws IOException {
    StandardOpenOption how =
        kept > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (OutputStream out = Files.newOutputStream(part, CREATE, WRITE, how)) {
      byte[] buffer = new byte[BUFFER];
      long received = kept;
      while (true) {
        int read = await(reader.submit(() -> body.read(buffer)));
        if (read < 0) {
          return;
        }
        received += read;
        if (received > limit) {
          throw new IOException("more than " + limit + " bytes");
        }
        out.write(buffer, 0, read);
        listener.received(received, total);
      }
    }
  }

  private <T> T await(Future<T> answer) throws IOException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("silent for " + patience.toMillis() / 1000.0 + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // has no effect on an answer that came
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
    client.shutdownNow();
  }
}
