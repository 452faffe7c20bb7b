package dev.descent.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.examples.Run;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.study.FloatReplay;
import dev.descent.optim.study.Replay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
  private static final String ADAM =
      """
      [{"rule": "adam", "dialect": "PYTORCH", "settings": {"learningRate": 0.1, "beta1": 0.8},
        "params": [0.1, -1e-7], "gradients": [[1, -2.5], [0, 1e-3], [-3e5, 7]]}]
      """;

  @TempDir Path folder;

  private Run replay(String json, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("cases.json"), json);
    List<String> arguments = new ArrayList<>(List.of("replay", file.toString()));
    arguments.addAll(List.of(options));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static List<?> results(Run run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return JSON.std.listFrom(run.out());
  }

  @Test
  void numbersRoundTrip() throws IOException {
    Replay replay = new Replay(new Adam(0.8, 0.999, 1e-8), 0.1, -1e-7);
    List<List<Double>> expected = new ArrayList<>();
    for (double[] gradient : new double[][] {{1, -2.5}, {0, 1e-3}, {-3e5, 7}}) {
      replay.step(0.1, gradient);
      expected.add(list(replay.values()));
    }

    Map<?, ?> result = (Map<?, ?>) results(replay(ADAM)).getFirst();

    assertThat(result.get("params")).isEqualTo(expected);
    assertThat(result.get("state"))
        .isEqualTo(Map.of("m", list(replay.state(Adam.M)), "v", list(replay.state(Adam.V))));
    assertThat(List.copyOf(result.keySet())).hasToString("[params, state]");
    assertThat(results(replay(ADAM, "--precision", "double")).getFirst()).isEqualTo(result);
  }

  @Test
  void floatIsTheKernel() throws IOException {
    FloatReplay replay = new FloatReplay(new Adam(0.8, 0.999, 1e-8), 0.1, -1e-7);
    for (double[] gradient : new double[][] {{1, -2.5}, {0, 1e-3}, {-3e5, 7}}) {
      replay.step(0.1, gradient);
    }

    Map<?, ?> result = (Map<?, ?>) results(replay(ADAM, "--precision", "float")).getFirst();

    assertThat(((List<?>) result.get("params")).getLast()).isEqualTo(list(replay.values()));
    assertThat(result.get("state"))
        .isEqualTo(Map.of("m", list(replay.state(Adam.M)), "v", list(replay.state(Adam.V))));
  }

  private static List<Double> list(double[] numbers) {
    List<Double> list = new ArrayList<>();
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }

  /** The same recordings that the rules are held to, through the front door. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "rmsprop-momentum", "rmsprop-centered",
        "rmsprop-centered-momentum", "adadelta", "adam", "adamw", "amsgrad", "adamax", "nadam",
        "radam", "rprop", "asgd"
      })
  void followsPyTorch(String rule) throws IOException {
    Path recordings = Path.of("../optim/src/test/resources/dev/descent/optim/rule/trajectories");
    Map<?, ?> gradients = (Map<?, ?>) read(recordings.resolve("gradients.json")).get("gradients");
    List<Map<String, Object>> cases = new ArrayList<>();
    List<Map<?, ?>> recorded = new ArrayList<>();
    for (Object one : (List<?>) read(recordings.resolve(rule + ".json")).get("cases")) {
      Map<?, ?> fields = (Map<?, ?>) one;
      if (!fields.containsKey("learningRateChange")) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("rule", rule.replaceFirst("-.*", ""));
        input.put("settings", fields.get("settings"));
        input.put("params", fields.get("initial"));
        input.put("gradients", gradients.get(fields.get("gradients")));
        cases.add(input);
        recorded.add(fields);
      }
    }

    List<?> results = results(replay(JSON.std.asString(cases)));

    assertThat(results).hasSameSizeAs(recorded).hasSizeGreaterThan(10);
    for (int i = 0; i < results.size(); i++) {
      List<?> steps = (List<?>) ((Map<?, ?>) results.get(i)).get("params");
      assertThat(steps).hasSize(200);
      Map<?, ?> expected = (Map<?, ?>) recorded.get(i).get("parameters");
      for (String step : List.of("1", "2", "5", "20")) {
        assertClose(steps.get(Integer.parseInt(step) - 1), expected.get(step));
      }
    }
  }

  private static void assertClose(Object actual, Object expected) {
    for (int i = 0; i < ((List<?>) expected).size(); i++) {
      double number = ((Number) ((List<?>) expected).get(i)).doubleValue();
      assertThat(((Number) ((List<?>) actual).get(i)).doubleValue())
          .isCloseTo(number, within(1e-11 * Math.abs(number) + 1e-14));
    }
  }

  private static Map<String, Object> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JSON.std.mapFrom(in);
    }
  }

  /** PyTorch's {@code SGD(lr=0.5, weight_decay=0.1)} and {@code Adam(lr=0.1, weight_decay=2)}. */
  @Test
  void weightDecayIsPyTorchsPenalty() throws IOException {
    List<?> results =
        results(
            replay(
                """
                [{"rule": "sgd", "settings": {"learningRate": 0.5, "weightDecay": 0.1},
                  "params": [2], "gradients": [[1], [0]]},
                 {"rule": "adam", "settings": {"learningRate": 0.1, "weightDecay": 2, "epsilon": 0},
                  "params": [2], "gradients": [[-3]]}]
                """));
    List<?> sgd = (List<?>) ((Map<?, ?>) results.get(0)).get("params");
    assertThat(sgd.toString()).isEqualTo("[[1.4], [1.3299999999999998]]");
    assertThat(results.get(1)).asString().startsWith("{params=[[1.9]]");
  }

  /** Rows and columns matter to some rules; so does their state. */
  @Test
  void shapesReachTheRule() throws IOException {
    String numbers =
        """
        "params": [1, 2, 3, 4, 5, 6], "gradients": [[1, 2, 3, 4, 5, 7]]}
        """;
    for (String precision : List.of("double", "float")) {
      List<?> results =
          results(
              replay(
                  "[{\"rule\": \"adafactor\", \"shape\": [2, 3], "
                      + numbers
                      + ", {\"rule\": \"adafactor\", \"shape\": [3, 2], "
                      + numbers
                      + ", {\"rule\": \"adafactor\", "
                      + numbers
                      + "]",
                  "--precision",
                  precision));
      List<Object> params = new ArrayList<>();
      List<String> sizes = new ArrayList<>();
      for (Object result : results) {
        params.add(((Map<?, ?>) result).get("params"));
        Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) result).get("state");
        sizes.add(((List<?>) state.get("r")).size() + " " + ((List<?>) state.get("c")).size());
      }
      assertThat(params).doesNotHaveDuplicates();
      assertThat(sizes).containsExactly("2 3", "3 2", "6 1");
    }
  }

  @Test
  void dashIsStandardInput() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(ADAM.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(Run.of("replay", "-").out()).isEqualTo(replay(ADAM).out());
      assertThat(Run.of("replay", "-").err())
          .isEqualTo(
              "descent replay: standard input: it is empty; expected a JSON array of cases"
                  + System.lineSeparator());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aByteOrderMarkIsNoText() throws IOException {
    assertThat(replay("\uFEFF" + ADAM)).isEqualTo(replay(ADAM));
  }

  @Test
  void noCasesNoResults() throws IOException {
    assertThat(replay("[]").out().strip()).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``   | it is empty; expected a JSON array of cases
          {    | malformed JSON at line 1, column 2: Unexpected end-of-input: expected close marker for Object
          {}   | it is no JSON array; expected [{"rule": ..., ...}, ...]
          null | it is no JSON array; expected [{"rule": ..., ...}, ...]
          [] x | malformed JSON at line 1, column 4: Unrecognized token 'x'
          [][] | malformed JSON at line 1, column 3: something follows the array
          [1]  | case 0: it is 1; expected a JSON object
          [{"rule":"sgd","params":[1],"gradients":[[1]]},{}] | case 1: rule is missing or null; expected the name of a rule: RULES
          [{"rule":7}]    | case 0: rule is 7; expected the name of a rule: RULES
          [{"rule":"adem","params":[1],"gradients":[[1]]}] | case 0: there is no update rule adem; did you mean adam? The rules are RULES
          [{"rule":"sgd","param":[1],"gradients":[[1]]}]   | case 0: unknown key param; did you mean params? The keys are rule, dialect, settings, shape, params, gradients
          [{"rule":"sgd","dialect":"TORCH","params":[1],"gradients":[[1]]}] | case 0: there is no dialect TORCH; did you mean PYTORCH? The dialects are PAPER, PYTORCH, KERAS, OPTAX, TENSORFLOW1
          [{"rule":"sgd","dialect":1,"params":[1],"gradients":[[1]]}]       | case 0: dialect is 1; expected a name in quotes
          [{"rule":"sgd","gradients":[[1]]}]               | case 0: params is missing or null; expected a list of numbers
          [{"rule":"sgd","params":{},"gradients":[[1]]}]   | case 0: params is an object; expected a list of numbers
          [{"rule":"sgd","params":[],"gradients":[[]]}]    | case 0: params is empty; expected a list of numbers
          [{"rule":"sgd","params":[1,"2"],"gradients":[[1,1]]}] | case 0: params[1] is "2"; expected a number
          [{"rule":"sgd","params":[1e999],"gradients":[[1]]}]   | case 0: params[0] is Infinity; expected a number that a double can hold
          [{"rule":"sgd","params":[NaN],"gradients":[[1]]}]     | malformed JSON at line 1, column 29: Non-standard token 'NaN'
          [{"rule":"sgd","shape":3,"params":[1],"gradients":[[1]]}]     | case 0: shape is 3; expected a list of whole numbers >= 1, such as [2, 3]
          [{"rule":"sgd","shape":[],"params":[1],"gradients":[[1]]}]    | case 0: shape is empty; expected a list of whole numbers >= 1, such as [2, 3]
          [{"rule":"sgd","shape":[1,0],"params":[1],"gradients":[[1]]}] | case 0: shape is [1, 0]; expected a list of whole numbers >= 1, such as [2, 3]
          [{"rule":"sgd","shape":[1.5],"params":[1],"gradients":[[1]]}] | case 0: shape is [1.5]; expected a list of whole numbers >= 1, such as [2, 3]
          [{"rule":"sgd","shape":[2,3],"params":[1],"gradients":[[1]]}] | case 0: shape [2, 3] has 6 elements; expected 1, as many as params
          [{"rule":"sgd","shape":[100000,100000],"params":[1],"gradients":[[1]]}] | case 0: shape [100000, 100000] has 10000000000 elements; expected 1, as many as params
          [{"rule":"sgd","params":[1]}]                    | case 0: gradients is missing or null; expected a list of lists of numbers
          [{"rule":"sgd","params":[1],"gradients":[]}]     | case 0: gradients is empty; expected a list of lists of numbers
          [{"rule":"sgd","params":[1],"gradients":[1]}]    | case 0: gradients[0] is 1; expected a list of numbers
          [{"rule":"sgd","params":[1],"gradients":[[]]}]   | case 0: gradients[0] is empty; expected a list of numbers
          [{"rule":"sgd","params":[1],"gradients":[[1],[1,2]]}]  | case 0: gradients[1] has 2 numbers; expected 1, as many as params
          [{"rule":"sgd","params":[1],"gradients":[[1],[null]]}] | case 0: gradients[1][0] is missing or null; expected a number
          [{"rule":"sgd","params":[1],"params":[2],"gradients":[[1]]}] | malformed JSON at line 1, column 40: Duplicate key (key 'params')
          [{"rule":"sgd","settings":[],"params":[1],"gradients":[[1]]}] | case 0: settings is a list; expected a JSON object
          [{"rule":"adam","settings":{"beta1":"0.9"},"params":[1],"gradients":[[1]]}] | case 0: settings.beta1 is "0.9"; expected a number
          [{"rule":"adam","settings":{"beta1":null},"params":[1],"gradients":[[1]]}]  | case 0: settings.beta1 is missing or null; expected a number
          [{"rule":"adam","settings":{"beta1":true},"params":[1],"gradients":[[1]]}]  | case 0: beta1 is true; expected a number
          [{"rule":"adam","settings":{"beta1":1.5},"params":[1],"gradients":[[1]]}]   | case 0: beta1 is 1.5; expected 0 <= beta1 < 1
          [{"rule":"adam","settings":{"beta3":0.5},"params":[1],"gradients":[[1]]}]   | case 0: adam has no setting beta3; did you mean beta1? Its settings are learningRate, beta1, beta2, epsilon
          [{"rule":"adam","settings":{"learningRate":-1},"params":[1],"gradients":[[1]]}] | case 0: learningRate is -1.0; expected a finite number >= 0
          [{"rule":"adam","settings":{"weightDecay":-1},"params":[1],"gradients":[[1]]}]  | case 0: weightDecay is -1.0; expected a finite number >= 0
          [{"rule":"sgd","settings":{"learningRate":1e300},"params":[1],"gradients":[[1e300]]}] | case 0: params[0] is -Infinity after step 1, which JSON cannot hold; expected gradients and settings that keep it finite
          [{"rule":"adagrad","params":[1],"gradients":[[1e200]]}] | case 0: state.sum[0] is Infinity after the last step, which JSON cannot hold; expected gradients and settings that keep it finite
          """)
  void badInputIsOneLine(String json, String message) throws IOException {
    String rules = String.join(", ", Rules.names());
    assertProblem(
        replay(json), folder.resolve("cases.json") + ": " + message.replace("RULES", rules));
  }

  @Test
  void floatsHaveLessRoom() throws IOException {
    String json =
        """
        [{"rule": "sgd", "params": [1], "gradients": [[1e39]]}]\
        """;
    assertThat(replay(json).exitCode()).isZero();
    assertProblem(
        replay(json, "--precision", "float"),
        folder.resolve("cases.json")
            + ": case 0: gradients[0][0] is 1.0E39; expected a number that a float can hold");
  }

  @Test
  void depthAndDigitsHaveLimits() throws IOException {
    String source = folder.resolve("cases.json") + ": malformed JSON: ";
    assertProblem(
        replay("[".repeat(2000)),
        source + "Document nesting depth (1001) exceeds the maximum allowed (1000)");
    assertProblem(
        replay("[" + "1".repeat(2000) + "]"),
        source + "Number value length (2000) exceeds the maximum allowed (1000)");
  }

  @Test
  void badArgumentsAreOneLine() throws IOException {
    assertProblem(
        Run.of("replay"), "Missing required parameter: 'CASES.json'; see descent replay --help");
    assertProblem(
        replay("[]", "--precision", "half"), "--precision is half; expected double or float");
    Path none = folder.resolve("none.json");
    assertProblem(Run.of("replay", none.toString()), none + ": no such file");
    assertProblem(Run.of("replay", folder.toString()), folder + ": cannot be read: Is a directory");
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'[', '"', (byte) 0xe4});
    assertProblem(Run.of("replay", latin.toString()), latin + ": not UTF-8 text; expected JSON");
  }

  private static void assertProblem(Run run, String message) {
    assertThat(run.err()).isEqualTo("descent replay: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
