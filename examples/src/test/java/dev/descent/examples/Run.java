package dev.descent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One run of the command line.
 *
 * @param exitCode what the shell would see
 * @param out what was written to standard output
 * @param err what was written to standard error, without the JVM's own remark on incubator modules
 */
public record Run(int exitCode, String out, String err) {
  /** Runs it here, in the JVM of the tests. */
  public static Run of(String... arguments) {
    return of(Main.commandLine(arguments), arguments);
  }

  static Run of(CommandLine commandLine, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  /** Runs it as users do: in a JVM of its own, from the module path. */
  public static Run inProcess(List<String> jvmOptions, String... arguments)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("descent", ".err");
    try {
      Process process = start(err, jvmOptions, arguments);
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Run(process.waitFor(), out, withoutRemark(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Starts a process whose standard output is to be read by the caller. */
  static Process start(Path err, List<String> jvmOptions, String... arguments) throws IOException {
    String modules =
        Stream.of("../core", "../optim", "../nn", ".")
            .map(module -> Path.of(module, "target", "classes").toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--module-path=" + modules + File.pathSeparator + Path.of("target", "lib"));
    command.add("--module=dev.descent.examples/" + Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  static String withoutRemark(Path err) throws IOException {
    return Files.readString(err)
        .replaceFirst("WARNING: Using incubator modules: jdk.incubator.vector\\R", "");
  }
}
