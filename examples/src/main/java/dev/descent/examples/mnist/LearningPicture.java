package dev.descent.examples.mnist;

import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Pictures;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.History;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws how a network learned to read. */
final class LearningPicture {
  private LearningPicture() {}

  /** How the accuracies rose, and beside them what is still misread, if anything. */
  static BufferedImage draw(History history, MisreadDigits misread) {
    List<Double> epochs = each(history, Epoch::number);
    BufferedImage curves =
        new Chart("Images that are read right", "epoch", "%")
            .curve("training", epochs, each(history, epoch -> 100 * epoch.trainAccuracy()))
            .curve("test", epochs, each(history, epoch -> 100 * epoch.validated().accuracy()))
            .draw();
    return misread.isEmpty() ? curves : Pictures.beside(curves, misread.draw());
  }

  private static List<Double> each(History history, ToDoubleFunction<Epoch> value) {
    return history.epochs().stream().mapToDouble(value).boxed().toList();
  }
}
