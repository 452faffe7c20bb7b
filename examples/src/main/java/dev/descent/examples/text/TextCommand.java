package dev.descent.examples.text;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.examples.cli.EpochOptions;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Chart;
import dev.descent.examples.report.Epochs;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Pictures;
import dev.descent.examples.report.Report;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an LSTM to tell which language a word is of. */
@Command(
    name = "text",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train two layers of LSTM to tell which of ten languages a word is of, letter by letter and"
            + " without accents: on 30,000 words that come with the program. Learns with Adam"
            + " (learning rate 0.004) along a cosine unless told otherwise.",
    footer = {"", "Example:", "  descent text --predict Schmetterling papillon farfalla"})
public final class TextCommand implements Callable<Integer> {
  private static final int FEATURES = 32;
  private static final int MISREAD = 8;
  private static final String EXAMPLE = "schmetterling";

  @Option(
      names = "--predict",
      arity = "1..*",
      paramLabel = "WORD",
      converter = Word.class,
      description = "In the end, tell which language these words seem to be of.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Cells of each LSTM layer. Default: ${DEFAULT-VALUE}.")
  private int hidden = 128;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      converter = Numbers.BelowOne.class,
      description =
          "How likely a feature of a letter, or of what a layer tells the next, is dropped in"
              + " training. Default: ${DEFAULT-VALUE}.")
  private double dropout = 0.3;

  @Mixin private EpochOptions epochOptions = new EpochOptions(10, 128);

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("adam", 0.004, "cosine");

  /** For picocli. */
  public TextCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Words.Parts parts = Words.load();
    int languages = Words.LANGUAGES.size();
    RandomStream random = RandomStream.of(run.seed(), "initialization");
    WordReader model = WordReader.of(FEATURES, hidden, languages, dropout, random);
    Dataset test = parts.test().dataset();
    DataLoader<Indices> training =
        DataLoader.shuffled(parts.training().dataset(), epochOptions.batchSize(), run.seed());
    int epochs = epochOptions.epochs();
    Optimizer optimizer = run.optimizer(model.parameters(), (long) epochs * training.batches());
    try (Report report = run.report()) {
      run.about(
          report,
          "%d features of a letter, 2 layers of %d LSTM cells, dropout %s, %d languages"
              .formatted(FEATURES, hidden, dropout, languages),
          optimizer);
      report.about(
          "data",
          "%,d words to learn from, %,d others to test with"
              .formatted(parts.training().size(), test.size()));
      double letters = new NaiveBayes(1, parts.training(), languages).accuracy(parts.test());
      double pairs = new NaiveBayes(2, parts.training(), languages).accuracy(parts.test());
      Trainer<Indices> trainer =
          new Trainer<>(
                  model,
                  new CrossEntropy(),
                  optimizer,
                  run.seed(),
                  run.callbacks(new Epochs(report, Epochs::ofClassifier)))
              .measuring(Evaluation.ACCURACY, () -> new ConfusionMatrix(languages));
      History history = trainer.fit(training, test, epochs);
      Evaluation last = history.last().validated();
      for (int language = 0; language < languages; language++) {
        report.row(
            Field.text("language", Words.LANGUAGES.get(language)),
            Field.count("testWords", last.confusion().total(language)),
            Field.percent("readRight", last.confusion().accuracy(language)));
      }
      Readings readings = new Readings(trainer);
      readings.misread(parts.test(), MISREAD).forEach(report::line);
      words.forEach(word -> report.row(readings.of(word)));
      picture.draw(() -> draw(history, letters, pairs, readings));
      report.result(
          Field.percent("testAccuracy", last.accuracy()),
          Field.percent("naiveBayesOfLetters", letters),
          Field.percent("naiveBayesOfPairs", pairs),
          Field.seconds("trainSeconds", history.seconds()),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
    }
    return 0;
  }

  /** How accuracy grew, and how sure the network becomes of a word as it reads on. */
  private BufferedImage draw(History history, double letters, double pairs, Readings readings) {
    List<Integer> epochs = history.epochs().stream().map(Epoch::number).toList();
    Chart curves =
        new Chart("Words read right", "epoch", "part of all words")
            .curve("training", epochs, history.epochs().stream().map(Epoch::trainAccuracy).toList())
            .curve(
                "test",
                epochs,
                history.epochs().stream().map(epoch -> epoch.validated().accuracy()).toList())
            .curve("pairs of letters", epochs, Collections.nCopies(epochs.size(), pairs))
            .curve("letters", epochs, Collections.nCopies(epochs.size(), letters));
    String word = words.isEmpty() ? EXAMPLE : words.getFirst();
    return Pictures.beside(curves.draw(), readings.letterByLetter(word).draw());
  }

  /** A word without accents, of letters alone. */
  private static final class Word implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      String word = Letters.fold(text);
      if (!word.matches("[a-z]+")) {
        throw new Numbers.Expected("a word of Latin letters");
      }
      return word;
    }
  }
}
