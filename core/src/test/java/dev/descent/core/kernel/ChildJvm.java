package dev.descent.core.kernel;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of these tests in a JVM of its own, for what is fixed when a JVM starts. */
final class ChildJvm {
  private ChildJvm() {}

  record Result(int exitCode, String out, String err) {}

  static Result run(Class<?> program, List<String> options) {
    try {
      return start(program, options);
    } catch (IOException | InterruptedException | URISyntaxException e) {
      throw new AssertionError("cannot run " + program.getName() + " with " + options, e);
    }
  }

  private static Result start(Class<?> program, List<String> options)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--class-path");
    command.add(folder(Kernels.class) + File.pathSeparator + folder(program));
    command.add(program.getName());
    Path err = Files.createTempFile("descent", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      return new Result(exitCode, out.strip(), Files.readString(err).strip());
    } finally {
      Files.delete(err);
    }
  }

  private static Path folder(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
