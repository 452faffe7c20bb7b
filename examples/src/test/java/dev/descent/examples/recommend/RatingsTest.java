package dev.descent.examples.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.TensorDataset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RatingsTest {
  @Test
  void areStarsOfFewPopularAndManyOtherItems() {
    Ratings ratings = Ratings.of(1000, 10_000, 50_000, 1);
    float[] pairs = ratings.all().inputs().toArray();
    float[] stars = ratings.all().targets().toArray();

    int[] counts = new int[10_000];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < stars.length; i++) {
      assertThat(pairs[2 * i]).isBetween(0f, 999f);
      assertThat(stars[i]).isIn(1f, 2f, 3f, 4f, 5f);
      counts[(int) pairs[2 * i + 1]]++;
      assertThat(seen.add((long) pairs[2 * i] << 32 | (long) pairs[2 * i + 1])).isTrue();
    }
    // The sum of 1 / (n + 100) over the first 100 is ln 2, over all it is ln 101.
    int ofFirst = Arrays.stream(counts).sorted().skip(9_900).sum();
    assertThat(ofFirst / 50_000.0).isCloseTo(Math.log(2) / Math.log(101), within(0.03));
    assertThat(Ratings.of(1000, 10_000, 50_000, 2).all().targets().toArray()).isNotEqualTo(stars);
  }

  /** Worked by hand: mean 3, item 0 is (1 + 0) / (2 + 5) above it, and so on. */
  @Test
  void meansAreDrawnTowardsTheMeanOfAll() {
    TensorDataset data =
        new TensorDataset(
            Tensor.of(Shape.of(3, 2), 0, 0, 1, 0, 1, 1), Tensor.of(Shape.of(3), 4, 3, 2));

    Means means = new Means(new Ratings(2, 2, data), data);

    double first = 1.0 / 7;
    double second = -1.0 / 6;
    assertThat(means.mean()).isEqualTo(3);
    assertThat(means.of(0, 0)).isCloseTo(3 + first + (1 - first) / 6, within(1e-12));
    double user = (-first + (-1 - second)) / 7;
    assertThat(means.of(1, 1)).isCloseTo(3 + second + user, within(1e-12));
    double squares =
        Math.pow(4 - means.of(0, 0), 2)
            + Math.pow(3 - means.of(1, 0), 2)
            + Math.pow(2 - means.of(1, 1), 2);
    assertThat(means.error(data)).isCloseTo(Math.sqrt(squares / 3), within(1e-12));
  }
}
