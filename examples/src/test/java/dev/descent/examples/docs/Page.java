package dev.descent.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Java on a page of Markdown. Each fenced block that is marked {@code java} is a snippet: the
 * statements of a method, or, where it begins with the declaration of a type, a member beside it
 * that later snippets of the page know too. What else a snippet needs stands above it in a comment,
 * which readers of the page do not see:
 *
 * <pre>
 * &lt;!-- given
 * Layer model = Linear.of(2, 2, RandomStream.of(1, "model"));
 * --&gt;
 * </pre>
 *
 * <p>These are members of the class that the method is in, so a snippet may declare the same names
 * again. They hold until the page gives others. A snippet of pieces that are not meant to run on
 * their own is marked otherwise, as {@code text}.
 */
record Page(Path path, List<Snippet> snippets) {
  private static final String GIVEN = "<!-- given";

  /** A line of the page, with its number from 1. */
  record Line(String text, int number) {
    boolean isImport() {
      return text.startsWith("import ");
    }
  }

  /** What a type's declaration begins with, after imports, comments and annotations. */
  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?s)(import [^\\n]*\\n|\\s*\\n|/\\*\\*.*?\\*/\\s*|//[^\\n]*\\n|@[^\\n]*\\n)*"
              + "(public |final |sealed )*(record|class|interface|enum) .*");

  static Page read(Path path) throws IOException {
    return of(path, Files.readAllLines(path));
  }

  static Page of(Path path, List<String> text) {
    List<Snippet> snippets = new ArrayList<>();
    List<Line> given = List.of();
    List<Line> declared = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      if (text.get(i).equals(GIVEN)) {
        given = block(path, text, i + 1, "-->");
        i += given.size() + 1;
      } else if (text.get(i).equals("```java")) {
        List<Line> block = block(path, text, i + 1, "```");
        String name = path.getFileName() + ":" + (i + 2);
        List<Line> members = new ArrayList<>(given);
        members.addAll(declared);
        if (isDeclaration(block)) {
          members.addAll(block);
          declared.addAll(block);
          snippets.add(new Snippet(name, members, List.of()));
        } else {
          snippets.add(new Snippet(name, members, block));
        }
        i += block.size() + 1;
      }
    }
    return new Page(path, snippets);
  }

  private static boolean isDeclaration(List<Line> block) {
    return DECLARATION
        .matcher(String.join("\n", block.stream().map(Line::text).toList()))
        .matches();
  }

  private static List<Line> block(Path path, List<String> text, int from, String end) {
    List<Line> block = new ArrayList<>();
    for (int i = from; i < text.size(); i++) {
      if (text.get(i).equals(end)) {
        return block;
      }
      block.add(new Line(text.get(i), i + 1));
    }
    throw new AssertionError("%s:%d: nothing closes this with %s".formatted(path, from, end));
  }
}
