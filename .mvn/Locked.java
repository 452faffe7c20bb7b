import java.io.RandomAccessFile;
import java.util.List;

/**
 * Runs a command while it holds a lock on a file: {@code flock} for systems that have none. The
 * operating system frees the lock however this process ends.
 */
final class Locked {
  private Locked() {}

  /** Takes the lock's file, then the command with its arguments; exits as the command does. */
  public static void main(String[] arguments) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(arguments[0], "rw")) {
      file.getChannel().lock();
      List<String> command = List.of(arguments).subList(1, arguments.length);
      System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
    }
  }
}
