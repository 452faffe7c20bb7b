package dev.descent.examples.mnist;

import dev.descent.examples.cli.Bar;
import org.jspecify.annotations.Nullable;

/** Shows how far a download has got. */
final class DownloadBar implements MnistDownload.Progress, AutoCloseable {
  private static final double MEGABYTE = 1e6;

  private String shown = "";
  private @Nullable Bar bar;
  private volatile String amount = "";

  @Override
  public void received(String file, long received, long total) {
    if (bar == null || !shown.equals(file)) {
      close();
      shown = file;
      bar = new Bar(file, total, () -> amount);
    }
    amount =
        total < 0
            ? "%.1f MB".formatted(received / MEGABYTE)
            : "%.1f of %.1f MB".formatted(received / MEGABYTE, total / MEGABYTE);
    bar.stepTo(received);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
