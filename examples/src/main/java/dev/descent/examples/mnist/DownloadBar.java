package dev.descent.examples.mnist;

import dev.descent.examples.Terminal;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how far a download has got, if a person is watching. */
final class DownloadBar implements MnistDownload.Progress, AutoCloseable {
  private final boolean interactive = Terminal.isInteractive();
  private String shown = "";
  private @Nullable ProgressBar bar;

  @Override
  public void received(String file, long received, long total) {
    if (!interactive) {
      return;
    }
    if (bar == null || !shown.equals(file)) {
      close();
      shown = file;
      bar = Terminal.progressBar(file, total, " bytes");
    }
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
