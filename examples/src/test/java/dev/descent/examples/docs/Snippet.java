package dev.descent.examples.docs;

import dev.descent.examples.docs.Page.Line;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java from a page, made into a class.
 *
 * @param name the page, and the line where the snippet begins
 * @param members what is declared in the class, and imports
 * @param body the statements of its method, and imports
 */
record Snippet(String name, List<Line> members, List<Line> body) {
  private static final String CLASS = "PageSnippet";

  /** What a snippet need not import. One of two types of the same name is named in full. */
  private static final List<String> IMPORTED =
      List.of(
          "java.nio.file.*",
          "java.util.*",
          "java.util.stream.*",
          "dev.descent.core.autodiff.*",
          "dev.descent.core.kernel.Window",
          "dev.descent.core.random.*",
          "dev.descent.core.tensor.*",
          "dev.descent.optim.*",
          "dev.descent.optim.dialect.*",
          "dev.descent.optim.quasinewton.*",
          "dev.descent.optim.rule.*",
          "dev.descent.optim.schedule.*",
          "dev.descent.optim.stage.*",
          "dev.descent.optim.study.*",
          "dev.descent.optim.transform.*",
          "dev.descent.nn.augmentation.*",
          "dev.descent.nn.checkpoint.*",
          "dev.descent.nn.data.*",
          "dev.descent.nn.init.*",
          "dev.descent.nn.layer.*",
          "dev.descent.nn.layer.Sequential",
          "dev.descent.nn.loss.*",
          "dev.descent.nn.metric.*",
          "dev.descent.nn.search.*",
          "dev.descent.nn.train.*");

  /**
   * Compiles and runs it.
   *
   * @param folder where classes may be left
   * @throws AssertionError if it does not compile: what is wrong in which line of the page
   * @throws Throwable what it throws itself
   */
  void run(Path folder) throws Throwable {
    compile(folder);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
      Class<?> snippet = loader.loadClass(CLASS);
      snippet.getMethod("run").invoke(snippet.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void compile(Path folder) throws IOException {
    List<Line> source = source();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(new StringWriter(), null, problems, options, null, List.of(new Source(source)))
            .call();
    if (!compiled) {
      List<String> errors =
          problems.getDiagnostics().stream()
              .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
              .map(problem ->
                  "line %d: %s"
                      .formatted(
                          source.get((int) problem.getLineNumber() - 1).number(),
                          problem.getMessage(Locale.ROOT)))
              .toList();
      throw new AssertionError(name + " does not compile: " + String.join("\n", errors));
    }
  }

  private List<Line> source() {
    List<Line> source = new ArrayList<>();
    IMPORTED.forEach(name -> source.add(new Line("import " + name + ";", 0)));
    members.stream().filter(Line::isImport).forEach(source::add);
    body.stream().filter(Line::isImport).forEach(source::add);
    source.add(new Line("public class " + CLASS + " {", 0));
    source.add(
        new Line("public " + CLASS + "() throws Exception {}", 0)); // whatever the members throw
    members.stream().filter(line -> !line.isImport()).forEach(source::add);
    source.add(new Line("public void run() throws Exception {", 0));
    body.stream().filter(line -> !line.isImport()).forEach(source::add);
    source.add(new Line("}}", 0));
    return source;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(List<Line> lines) {
      super(URI.create("string:///" + CLASS + ".java"), Kind.SOURCE);
      text = String.join("\n", lines.stream().map(Line::text).toList());
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
