package dev.descent.examples.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.examples.cli.OutputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON line for each row and one for the result. */
final class JsonReport implements Report {
  private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final PrintWriter out;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void row(Field... fields) {
    print(object(fields));
  }

  @Override
  public void result(Field... fields) {
    print(Map.of("result", object(fields)));
  }

  /** JSON has no infinity and no NaN: such a number is null. */
  private static Map<String, @Nullable Object> object(Field... fields) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (Field field : fields) {
      boolean none = field.value() instanceof Double number && !Double.isFinite(number);
      object.put(field.name(), none ? null : field.value());
    }
    return object;
  }

  private void print(Map<String, ?> line) {
    try {
      out.println(WITH_NULLS.asString(line));
    } catch (IOException e) {
      throw new UncheckedIOException("numbers and text are always JSON", e);
    }
    OutputException.check(out);
  }
}
