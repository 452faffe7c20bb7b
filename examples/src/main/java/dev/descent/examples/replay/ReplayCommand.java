package dev.descent.examples.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.descent.examples.cli.InputException;
import dev.descent.examples.cli.MachineOptions;
import dev.descent.examples.cli.OutputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays gradients through rules: JSON in, JSON out. */
@Command(
    name = "replay",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Take steps with given gradients, without a network, and print the parameters after each"
            + " step and the state after the last.",
    footer = {
      "",
      "The input is a JSON array of cases:",
      "  [{\"rule\": \"adam\", \"dialect\": \"PYTORCH\",",
      "    \"settings\": {\"learningRate\": 0.01, \"beta1\": 0.9},",
      "    \"params\": [0.5, -1],",
      "    \"gradients\": [[1, -2], [0.5, 0]]}]",
      "Dialect and settings may be left out. \"shape\": [2, 3] makes params a matrix, row by",
      "row; without it they are a vector. The output has, for each case:",
      "  {\"params\": [[after step 1], [after step 2]], \"state\": {\"m\": [...], ...}}",
      "",
      "Example:",
      "  descent replay cases.json --precision float"
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  /** Some editors put it before the text. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  @Parameters(
      paramLabel = "CASES.json",
      description = "The file with the cases; - for standard input.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String file;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      converter = Precision.Converter.class,
      description =
          "double runs the rule's specification, float its float32 kernel. Default:"
              + " ${DEFAULT-VALUE}.")
  private Precision precision = Precision.DOUBLE;

  @Mixin private MachineOptions machineOptions = new MachineOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() {
    machineOptions.apply();
    String source = file.equals(STANDARD_INPUT) ? "standard input" : file;
    List<Case.Result> results = new ArrayList<>();
    for (Case one : new CaseReader(source, precision).read(read(source))) {
      results.add(one.run(precision));
      check(results.getLast(), source + ": case " + (results.size() - 1));
    }
    print(results);
    return 0;
  }

  private String read(String source) {
    try {
      byte[] bytes =
          file.equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(Path.of(file));
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new InputException(source + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw new InputException(source + ": not UTF-8 text; expected JSON", e);
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** JSON has no infinity and no NaN, so what grew beyond all numbers is an error. */
  private static void check(Case.Result result, String where) {
    for (int t = 0; t < result.params().size(); t++) {
      check(result.params().get(t), where, "params", " after step " + (t + 1));
    }
    result
        .state()
        .forEach((slot, numbers) -> check(numbers, where, "state." + slot, " after the last step"));
  }

  private static void check(double[] numbers, String where, String name, String when) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new InputException(
            "%s: %s[%d] is %s%s, which JSON cannot hold; expected gradients and settings that"
                    .formatted(where, name, i, numbers[i], when)
                + " keep it finite");
      }
    }
  }

  /** Printed by hand: one step a line, and numbers as Java prints them, which round-trip. */
  private void print(List<Case.Result> results) {
    PrintWriter out = command.commandLine().getOut();
    out.print("[");
    String between = "";
    for (Case.Result result : results) {
      out.print(between + "{\"params\":[");
      for (int t = 0; t < result.params().size(); t++) {
        out.print((t == 0 ? "\n" : ",\n") + json(result.params().get(t)));
      }
      out.print("],\n\"state\":{");
      String comma = "";
      for (Map.Entry<String, double[]> slot : result.state().entrySet()) {
        out.print(comma + "\"" + slot.getKey() + "\":" + json(slot.getValue()));
        comma = ",\n";
      }
      out.print("}}");
      between = ",\n";
    }
    out.println("]");
    OutputException.check(out);
  }

  private static String json(double[] numbers) {
    return Arrays.toString(numbers).replace(" ", "");
  }
}
