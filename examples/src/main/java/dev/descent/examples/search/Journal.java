package dev.descent.examples.search;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.nn.checkpoint.AtomicFile;
import dev.descent.nn.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trials that are done, in a file of JSON lines: what is searched, then a line for each trial.
 * The file is replaced after each, as a whole, so that whoever stops the search loses only the
 * trials that were running.
 */
final class Journal {
  private static final JSON JSON_LINES = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
  private static final String SEARCH = "search";

  private final @Nullable Path file;
  private final Map<String, String> search;
  private final Map<Settings, Double> errors = new LinkedHashMap<>();

  /**
   * Goes on with a search whose trials are in the file, or begins one.
   *
   * @param file where they are kept; null for nowhere
   * @param search all that a trial depends on besides its settings
   * @throws DataException if the file cannot be read or written, or is of another search
   */
  Journal(@Nullable Path file, Map<String, String> search) {
    this.file = file;
    this.search = search;
    if (file != null) {
      AtomicFile.check(file);
      if (Files.exists(file)) {
        read(file);
      }
    }
  }

  /** How many trials are done. */
  synchronized int size() {
    return errors.size();
  }

  /** The part of the held-out examples that these settings read wrong; null if not tried yet. */
  synchronized @Nullable Double error(Settings settings) {
    return errors.get(settings);
  }

  /** Keeps what a trial came to; NaN where training failed. */
  synchronized void add(Settings settings, double error) {
    errors.put(settings, error);
    if (file != null) {
      StringBuilder lines = new StringBuilder(json(Map.of(SEARCH, search)));
      errors.forEach((tried, wrong) -> lines.append(json(line(tried, wrong))));
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file, out -> out.write(ByteBuffer.wrap(bytes)));
    }
  }

  private static Map<String, @Nullable Object> line(Settings settings, double error) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("rule", settings.rule());
    line.put("learningRate", settings.learningRate());
    line.put("batchSize", settings.batchSize());
    line.put("validationError", Double.isNaN(error) ? null : error);
    return line;
  }

  private static String json(Object value) {
    try {
      return JSON_LINES.asString(value) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("numbers and text are always JSON", e);
    }
  }

  private void read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be read: " + e, e);
    }
    Object before = lines.isEmpty() ? null : object(file, 0, lines).get(SEARCH);
    if (!(before instanceof Map<?, ?> of)) {
      throw new DataException(
          file.toString(), "does not begin with a search; expected a journal, or no file");
    }
    search.forEach((name, value) -> {
      if (!value.equals(of.get(name))) {
        throw new DataException(
            file.toString(),
            "is of a search with %s %s; expected %1$s %s".formatted(name, of.get(name), value));
      }
    });
    for (int i = 1; i < lines.size(); i++) {
      Map<String, Object> line = object(file, i, lines);
      if (line.get("rule") instanceof String rule
          && line.get("learningRate") instanceof Number rate
          && line.get("batchSize") instanceof Integer batchSize) {
        double error =
            line.get("validationError") instanceof Number n ? n.doubleValue() : Double.NaN;
        errors.put(new Settings(rule, rate.doubleValue(), batchSize), error);
      } else {
        throw wrong(file, i, lines, null);
      }
    }
  }

  private static Map<String, Object> object(Path file, int number, List<String> lines) {
    try {
      return JSON.std.mapFrom(lines.get(number));
    } catch (IOException e) {
      throw wrong(file, number, lines, e);
    }
  }

  private static DataException wrong(
      Path file, int number, List<String> lines, @Nullable IOException cause) {
    return new DataException(
        file.toString(),
        "line %d is %s; expected a trial, such as %s"
            .formatted(
                number + 1, lines.get(number), json(line(new Settings("adam", 0.001, 32), 0.02))),
        cause);
  }
}
