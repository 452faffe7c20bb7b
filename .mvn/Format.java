import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over all Java files of the project in one JVM. The build starts it from
 * source on the toolchain's JDK; docs/decisions/0001-formatter.md says why.
 */
final class Format {
  private Format() {}

  /** Takes {@code check} or {@code write}; works on the current folder. */
  public static void main(String[] arguments) throws Exception {
    boolean check = arguments[0].equals("check");
    List<String> command = new ArrayList<>();
    command.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    command.addAll(javaFiles());

    // The formatter lists the files that it would change, one a line.
    PrintWriter out = new PrintWriter(System.err, true);
    int exitCode = new Main(out, out, System.in).format(command.toArray(String[]::new));
    out.flush();
    if (check && exitCode != 0) {
      out.println("The Java files named above are not formatted. To format them: mvn -q -Pformat");
    }
    System.exit(exitCode);
  }

  private static List<String> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isGenerated(file))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  private static boolean isGenerated(Path file) {
    for (Path part : file) {
      if (part.toString().equals("target")) {
        return true;
      }
    }
    return false;
  }
}
