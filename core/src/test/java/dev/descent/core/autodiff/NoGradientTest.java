package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NoGradientTest {
  private final Parameter x = Parameter.of(Shape.of(2), 1, 2);

  @Test
  void nothingIsRecordedInTheRegionAndAllIsAfterIt() {
    Tensor inside = NoGradient.of(() -> x.exp().reshape(2, 1));

    assertThat(inside.producer()).isNull();
    assertThat(inside.requiresGradient()).isFalse();
    assertThat(inside.toArray()).containsExactly(x.exp().toArray());
    assertThat(x.exp().producer()).isNotNull();
    assertThat(NoGradient.isActive()).isFalse();
  }

  @Test
  void whatWasRecordedBeforeStays() {
    Tensor before = x.exp();

    Tensor after = NoGradient.of(() -> before);

    assertThat(after.producer()).isNotNull();
  }

  @Test
  void regionsNestAndEndWithAnException() {
    NoGradient.run(() -> {
      NoGradient.run(() -> assertThat(x.exp().producer()).isNull());
      assertThat(x.exp().producer()).isNull();
    });
    assertThatIllegalStateException()
        .isThrownBy(() ->
            NoGradient.run(() -> {
              throw new IllegalStateException("expected");
            }));
    assertThat(x.exp().producer()).isNotNull();
  }

  @Test
  void anotherThreadRecordsMeanwhile() {
    Tensor elsewhere = NoGradient.of(() -> CompletableFuture.supplyAsync(() -> x.exp()).join());

    assertThat(elsewhere.producer()).isNotNull();
  }

  @Test
  void aBackwardPassWorksInsideAndCanBeRecordedByItsArgument() {
    Tensor loss = x.square().times(x).sum();

    NoGradient.run(() -> {
      loss.backward();
      Tensor first = Backward.gradients(loss, List.of(x), true).getFirst();
      assertThat(first.requiresGradient()).isTrue();
    });

    assertThat(x.gradient().toArray()).containsExactly(3, 12);
  }
}
