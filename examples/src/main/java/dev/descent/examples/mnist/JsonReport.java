package dev.descent.examples.mnist;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.examples.OutputException;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One JSON line for each epoch and one for the result. */
final class JsonReport implements Report {
  private final PrintWriter out;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    Evaluation test = Objects.requireNonNull(epoch.validation());
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", epoch.number());
    line.put("seconds", epoch.seconds());
    line.put("trainLoss", epoch.trainLoss());
    line.put("testAccuracy", test.accuracy());
    print(line);
    return Next.CONTINUE;
  }

  @Override
  public void end(Result result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("testAccuracy", result.test().accuracy());
    values.put("trainSeconds", result.history().seconds());
    values.put("imagesPerSecond", result.imagesPerSecond());
    values.put("weightsSha256", result.weightsSha256());
    print(Map.of("result", values));
  }

  private void print(Map<String, Object> line) {
    try {
      out.println(JSON.std.asString(line));
    } catch (IOException e) {
      throw new UncheckedIOException("numbers and text are always JSON", e);
    }
    OutputException.check(out);
  }
}
