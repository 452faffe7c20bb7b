package dev.descent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What a program told other programs. */
public final class JsonLines {
  private JsonLines() {}

  /** All lines of a run that went well. */
  public static List<Map<String, Object>> of(Run run) {
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    return run.out().lines().map(JsonLines::read).toList();
  }

  /** The result of a run that went well: what its last line has. */
  @SuppressWarnings("unchecked") // JSON objects have text for keys
  public static Map<String, Object> result(Run run) {
    return (Map<String, Object>) of(run).getLast().get("result");
  }

  private static Map<String, Object> read(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
