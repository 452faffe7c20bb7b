package dev.descent.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConfusionMatrixProperties {
  @Property
  void agreesWithCountingOneByOne(
      @ForAll @Size(min = 1, max = 50) int[] seeds,
      @ForAll @IntRange(min = 1, max = 5) int classes) {
    float[] logits = new float[seeds.length * classes];
    int[] labels = new int[seeds.length];
    long[][] expected = new long[classes][classes];
    int right = 0;
    for (int i = 0; i < seeds.length; i++) {
      labels[i] = Math.floorMod(seeds[i], classes);
      int prediction = Math.floorMod(seeds[i] >> 8, classes);
      logits[i * classes + prediction] = 1;
      expected[labels[i]][prediction]++;
      right += labels[i] == prediction ? 1 : 0;
    }
    ConfusionMatrix matrix = new ConfusionMatrix(classes);

    matrix.add(Tensor.of(Shape.of(seeds.length, classes), logits), Indices.of(labels));

    for (int label = 0; label < classes; label++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        assertThat(matrix.count(label, prediction)).isEqualTo(expected[label][prediction]);
      }
    }
    assertThat(matrix.total()).isEqualTo(seeds.length);
    assertThat(matrix.accuracy()).isEqualTo((double) right / seeds.length);
  }
}
