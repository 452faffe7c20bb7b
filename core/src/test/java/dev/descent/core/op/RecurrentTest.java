package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.RecurrentSteps;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link OperationProperties} does not say of recurrent layers. */
class RecurrentTest {
  private static List<Parameter> operands(int gates, int time, int batch, int inputs, int hidden) {
    RandomStream random = RandomStream.of(1, "recurrent");
    List<Parameter> operands = new ArrayList<>();
    for (Shape shape :
        List.of(
            Shape.of(time, batch, inputs),
            Shape.of(gates * hidden, inputs),
            Shape.of(gates * hidden, hidden),
            Shape.of(gates * hidden),
            Shape.of(gates * hidden),
            Shape.of(batch, hidden),
            Shape.of(batch, hidden))) {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat(-0.5f, 0.5f);
      }
      operands.add(Parameter.of(shape, values));
    }
    return operands.subList(0, gates == 4 ? 7 : 6);
  }

  private static Op operation(List<? extends Tensor> x) {
    return x.size() == 7
        ? new Lstm(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5), x.get(6))
        : new Gru(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5));
  }

  /**
   * A run so long that it is done in several parts; the derivative that goes step by step through
   * operations of their own knows nothing of them.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void aLongRunHasTheSameGradientsInPartsAsStepByStep(int gates) {
    int time = 45;
    List<Parameter> operands = operands(gates, time, 64, 3, 49);
    assertThat(RecurrentSteps.parts(time, 64, 49, gates).count()).isGreaterThan(1);
    Tensor states = operation(operands).evaluate();
    Tensor loss = states.times(states).mean();

    List<Tensor> inParts = Backward.gradients(loss, operands, false);
    List<Tensor> stepByStep = Backward.gradients(loss, operands, true);

    for (int i = 0; i < operands.size(); i++) {
      float[] expected = stepByStep.get(i).toArray();
      float[] actual = inParts.get(i).toArray();
      double scale = 0;
      for (float each : expected) {
        scale = Math.max(scale, Math.abs(each));
      }
      for (int j = 0; j < expected.length; j++) {
        assertThat((double) actual[j])
            .describedAs("operand %d, element %d", i, j)
            .isCloseTo(expected[j], within(1e-5 * scale));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | lstm of [2, 3] and [16, 5]: expected [time, batch, in] and a weight [4 hidden, in]
          1 | lstm of [6, 2, 5] and [2, 3]: expected [time, batch, in] and a weight [4 hidden, in]
          2 | lstm of [16, 5] and [2, 3]: expected a weight of the state of [16, 4]
          3 | lstm of [16, 5] and [2, 3]: expected a bias of the input of [16]
          4 | lstm of [16, 5] and [2, 3]: expected a bias of the state of [16]
          5 | lstm of [6, 2, 5] and [2, 3]: expected an initial state of [2, 4]
          6 | lstm of [6, 2, 5] and [2, 3]: expected an initial state of [2, 4]
          """)
  void anOperandThatDoesNotFitIsNamed(int place, String message) {
    List<Tensor> operands = new ArrayList<>(operands(4, 6, 2, 5, 4));
    operands.set(place, Tensor.zeros(Shape.of(2, 3)));

    assertThatThrownBy(() -> operation(operands))
        .isInstanceOf(ShapeException.class)
        .hasMessage(message);
  }
}
