package dev.descent.examples.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.core.tensor.Shape;
import dev.descent.examples.cli.InputException;
import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.setting.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads cases from JSON. Whatever is wrong is one line: which case, where in it, what is there and
 * what is expected.
 */
final class CaseReader {
  private static final List<String> KEYS =
      List.of("rule", "dialect", "settings", "shape", "params", "gradients");

  private final String source;
  private final Precision precision;

  /**
   * A reader of one input.
   *
   * @param source how the input is called in messages
   * @param precision what the numbers must fit
   */
  CaseReader(String source, Precision precision) {
    this.source = source;
    this.precision = precision;
  }

  /**
   * All cases of the input.
   *
   * @param json a JSON array of objects
   * @throws InputException if that is not what it is
   */
  List<Case> read(String json) {
    if (!(parse(json) instanceof List<?> list)) {
      throw wrong("it is no JSON array; expected [{\"rule\": ..., ...}, ...]");
    }
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      cases.add(read(list.get(i), "case " + i + ": "));
    }
    return cases;
  }

  private @Nullable Object parse(String json) {
    try (JsonParser parser = JSON.std.createParser(json)) {
      if (parser.nextToken() == null) {
        throw wrong("it is empty; expected a JSON array of cases");
      }
      Object value = JSON.std.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw malformed(parser.currentTokenLocation(), "something follows the array");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new InputException(source + ": malformed JSON: " + e.getMessage(), e);
    }
  }

  private InputException malformed(@Nullable JsonLocation at, String problem) {
    // Jackson adds where it read from, how to be lenient, and where its limits are set.
    String what =
        problem
            .replaceFirst("( \\(start marker|: enable |: was expecting ).*", "")
            .replaceFirst(", from `.*`", "");
    String place =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return wrong("malformed JSON" + place + ": " + what);
  }

  private Case read(@Nullable Object value, String where) {
    Map<String, Object> fields = object(value, where, "it");
    for (String key : fields.keySet()) {
      if (!KEYS.contains(key)) {
        throw wrong(
            "%sunknown key %s; did you mean %s? The keys are %s"
                .formatted(where, key, Names.nearest(key, KEYS), String.join(", ", KEYS)));
      }
    }
    Rules.Choice choice = choice(fields, where);
    double[] params = numbers(fields.get("params"), where, "params");
    List<?> steps = list(fields.get("gradients"), where, "gradients", "a list of lists of numbers");
    double[][] gradients = new double[steps.size()][];
    for (int t = 0; t < gradients.length; t++) {
      String name = "gradients[" + t + "]";
      gradients[t] = numbers(steps.get(t), where, name);
      if (gradients[t].length != params.length) {
        throw wrong(
            "%s%s has %d numbers; expected %d, as many as params"
                .formatted(where, name, gradients[t].length, params.length));
      }
    }
    return new Case(choice, shape(fields, where, params.length), params, gradients);
  }

  /** A vector, unless something else is given that has as many elements. */
  private Shape shape(Map<String, Object> fields, String where, int size) {
    if (!fields.containsKey("shape")) {
      return Shape.of(size);
    }
    String expected = "a list of whole numbers >= 1, such as [2, 3]";
    List<?> list = list(fields.get("shape"), where, "shape", expected);
    int[] lengths = new int[list.size()];
    for (int i = 0; i < lengths.length; i++) {
      if (!(list.get(i) instanceof Integer length && length >= 1)) {
        throw wrong("%sshape is %s; expected %s".formatted(where, list, expected));
      }
      lengths[i] = length;
    }
    double elements = Arrays.stream(lengths).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (elements != size) {
      throw wrong(
          "%sshape %s has %.0f elements; expected %d, as many as params"
              .formatted(where, list, elements, size));
    }
    return Shape.of(lengths);
  }

  private Rules.Choice choice(Map<String, Object> fields, String where) {
    if (!(fields.get("rule") instanceof String rule)) {
      throw wrong(
          "%srule is %s; expected the name of a rule: %s"
              .formatted(where, shown(fields.get("rule")), String.join(", ", Rules.names())));
    }
    Object dialect = fields.getOrDefault("dialect", "PYTORCH");
    if (!(dialect instanceof String dialectName)) {
      throw wrong("%sdialect is %s; expected a name in quotes".formatted(where, shown(dialect)));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    if (fields.containsKey("settings")) {
      object(fields.get("settings"), where, "settings")
          .forEach((name, value) -> {
            if (!(value instanceof Number || value instanceof Boolean)) {
              throw wrong(
                  "%ssettings.%s is %s; expected a number".formatted(where, name, shown(value)));
            }
            settings.put(name, value.toString());
          });
    }
    try {
      return Dialects.choose(Dialect.of(dialectName), rule, settings);
    } catch (IllegalArgumentException e) {
      throw new InputException(source + ": " + where + e.getMessage(), e);
    }
  }

  private double[] numbers(@Nullable Object value, String where, String name) {
    List<?> list = list(value, where, name, "a list of numbers");
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw wrong(
            "%s%s[%d] is %s; expected a number".formatted(where, name, i, shown(list.get(i))));
      }
      numbers[i] = number.doubleValue();
      if (!(Math.abs(numbers[i]) <= precision.largest())) {
        throw wrong(
            "%s%s[%d] is %s; expected a number that a %s can hold"
                .formatted(where, name, i, number, precision));
      }
    }
    return numbers;
  }

  private List<?> list(@Nullable Object value, String where, String name, String expected) {
    if (!(value instanceof List<?> list)) {
      throw wrong("%s%s is %s; expected %s".formatted(where, name, shown(value), expected));
    }
    if (list.isEmpty()) {
      throw wrong("%s%s is empty; expected %s".formatted(where, name, expected));
    }
    return list;
  }

  private Map<String, Object> object(@Nullable Object value, String where, String name) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("%s%s is %s; expected a JSON object".formatted(where, name, shown(value)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, each) -> object.put((String) key, each));
    return object;
  }

  /** A value as it stood in the input, or what it is, if it is long. */
  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "missing or null";
      case String text -> "\"" + text + "\"";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      default -> value.toString();
    };
  }

  private InputException wrong(String problem) {
    return new InputException(source + ": " + problem);
  }
}
