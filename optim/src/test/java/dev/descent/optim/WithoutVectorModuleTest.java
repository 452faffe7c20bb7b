package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.rule.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Java started without the flag that adds the Vector API: every rule runs all the same. */
class WithoutVectorModuleTest {
  @Test
  void rulesRunWithoutTheVectorApi() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WithoutVectorModuleTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).endsWith("moved by all rules%n".formatted());
    assertThat(java.waitFor()).isZero();
  }

  /** What the other process runs. */
  public static void main(String[] arguments) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      throw new AssertionError("the Vector API is there; this process should be without it");
    }
    for (String name : Rules.names()) {
      Parameter parameter = Parameter.of(Shape.of(3), 1, 2, 3);
      SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
      parameters.put("p", parameter);
      Optimizer optimizer = new Optimizer(parameters, Rules.choose(name, Map.of()).rule());
      parameter.sum().backward();
      optimizer.step();
      if (!(parameter.get(0) < 1)) {
        throw new AssertionError(name + " did not move: " + parameter);
      }
    }
    System.out.println("moved by all rules");
  }
}
