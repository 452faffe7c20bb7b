package dev.descent.examples.charlm;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.metric.ConfusionMatrix;

/**
 * Writes text, character by character, each drawn as the model finds it likely.
 *
 * @param model what says which character is likely
 * @param novel whose characters it knows
 * @param temperature what logits are divided by, at least 0: below 1 for what is likelier, at 0 for
 *     nothing but what is likeliest, above 1 for surprises
 * @param random where chance comes from
 */
record Author(CharacterModel model, Novel novel, double temperature, RandomStream random) {
  /**
   * Goes on with a text.
   *
   * @param prompt the beginning, of the novel's characters, at least one
   * @param length how many characters to add
   * @return the prompt and what was added
   */
  String write(String prompt, int length) {
    StringBuilder text = new StringBuilder(prompt);
    for (int i = 0; i < length; i++) {
      String seen = text.substring(Math.max(0, text.length() - model.context()));
      text.append(novel.alphabet().charAt(next(novel.numbers(seen))));
    }
    return text.toString();
  }

  private int next(int[] seen) {
    float[] numbers = new float[seen.length];
    for (int i = 0; i < seen.length; i++) {
      numbers[i] = seen[i];
    }
    Tensor input = Tensor.of(Shape.of(1, numbers.length), numbers);
    Tensor logits = NoGradient.of(() -> model.forward(input));
    int last = seen.length - 1;
    return temperature == 0
        ? ConfusionMatrix.argMax(logits, last)
        : draw(logits.gatherRows(last).times((float) (1 / temperature)).softmax().toArray());
  }

  /** The first character at which the probabilities up to it exceed a random number. */
  private int draw(float... probabilities) {
    double left = random.nextDouble();
    int likeliest = 0;
    for (int i = 0; i < probabilities.length; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
      likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
    }
    return likeliest; // rounding left a little over
  }
}
