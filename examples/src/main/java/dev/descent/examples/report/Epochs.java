package dev.descent.examples.report;

import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Progress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells of each epoch as it goes and when it is done. */
public final class Epochs implements Callback {
  private final Report report;
  private final Function<Epoch, Field[]> fields;
  private volatile @Nullable Progress latest;

  /**
   * A callback for a trainer.
   *
   * @param report what tells it
   * @param fields what there is to say of an epoch
   */
  public Epochs(Report report, Function<Epoch, Field[]> fields) {
    this.report = report;
    this.fields = fields;
  }

  /** What there is to say of an epoch of a classifier. */
  public static Field[] ofClassifier(Epoch epoch) {
    return new Field[] {
      Field.count("epoch", epoch.number()),
      Field.number("trainLoss", epoch.trainLoss(), 4),
      Field.percent("trainAccuracy", epoch.trainAccuracy()),
      Field.percent("testAccuracy", epoch.validated().accuracy()),
      Field.seconds("seconds", epoch.seconds())
    };
  }

  @Override
  public Next afterStep(Progress progress) {
    latest = progress;
    report.progress(
        "epoch " + progress.epoch() + "/" + progress.epochs(), // each step: not worth a formatter
        progress.examples(),
        progress.ofExamples(),
        this::message);
    return Next.CONTINUE;
  }

  /** Asked for by the thread that draws the bar. */
  private String message() {
    Progress progress = latest;
    if (progress == null) {
      return "";
    }
    String accuracy =
        Double.isNaN(progress.accuracy())
            ? ""
            : "  accuracy %5.1f %%".formatted(100 * progress.accuracy());
    return "loss %.3f%s  %,7.0f examples/s"
        .formatted(progress.loss(), accuracy, progress.examples() / progress.seconds());
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    report.row(fields.apply(epoch));
    return Next.CONTINUE;
  }
}
