package dev.descent.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Parameter x = Parameter.of(Shape.of(3), 1, 2, 3);
  private final Tensor product = x.times(Tensor.scalar(2));
  private final Tensor result = product.plus(product.exp()).sum();
  private final Graph graph = Graph.of(result, Map.of("0.\"w\\", x));

  @Test
  void printsALineForEachTensorAfterItsInputs() {
    assertThat(graph)
        .hasToString(
            """
            0: parameter 0."w\\ [3]
            1: constant []
            2: Multiply [3] of 0, 1
            3: Exp [3] of 2
            4: Add [3] of 2, 3
            5: Sum [] of 4
            """);
  }

  @Test
  void drawsItselfInMermaid() {
    assertThat(graph.mermaid())
        .isEqualTo(
            """
            flowchart TD
              t0(["parameter 0.#quot;w\\ [3]"])
              t1[/"constant []"/]
              t2["Multiply [3]"]
              t3["Exp [3]"]
              t4["Add [3]"]
              t5["Sum []"]
              t0 --> t2
              t1 --> t2
              t2 --> t3
              t2 --> t4
              t3 --> t4
              t4 --> t5
            """);
  }

  @Test
  void drawsItselfInGraphviz() {
    assertThat(graph.graphviz())
        .isEqualTo(
            """
            digraph {
              t0 [label="parameter 0.\\"w\\\\ [3]", shape=ellipse];
              t1 [label="constant []", shape=parallelogram];
              t2 [label="Multiply [3]", shape=box];
              t3 [label="Exp [3]", shape=box];
              t4 [label="Add [3]", shape=box];
              t5 [label="Sum []", shape=box];
              t0 -> t2;
              t1 -> t2;
              t2 -> t3;
              t2 -> t4;
              t3 -> t4;
              t4 -> t5;
            }
            """);
  }

  @Test
  void aTensorWithoutOperationsIsAGraphOfItself() {
    assertThat(Graph.of(Tensor.scalar(1))).hasToString("0: constant []\n");
    assertThat(Graph.of(x)).hasToString("0: parameter [3]\n");
  }

  @Test
  void aDeepGraphDoesNotOverflowTheStack() {
    Tensor y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.negate();
    }

    assertThat(Graph.of(y).toString().lines()).hasSize(20_001);
  }
}
