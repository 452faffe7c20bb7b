package dev.descent.nn.checkpoint;

import dev.descent.nn.data.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces files as a whole. Whatever happens, and whenever the process or the machine ends, under
 * the file's name is what was there before or what was to be written, never a part of it: it is
 * written beside it, brought to the disk, and then renamed. What a killed process leaves beside it
 * has a name of its own, {@code .NAME.PROCESS-NUMBER.tmp}, and may be deleted.
 */
public final class AtomicFile {
  private static final AtomicLong NUMBER = new AtomicLong();

  private AtomicFile() {}

  /** Something that writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; closing is not its task. */
    void writeTo(WritableByteChannel out) throws IOException;
  }

  /**
   * Writes a file that need not exist.
   *
   * @throws DataException if it cannot be written; what was there before is still there then
   */
  public static void write(Path file, Content content) {
    check(file);
    try {
      // Behind a symbolic link the file is replaced, not the link.
      replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), content);
    } catch (IOException e) {
      throw new DataException(file.toString(), "cannot be written: " + e, e);
    }
  }

  /**
   * Says early what would be said late: before an hour of training, not after it.
   *
   * @throws DataException if the file is a folder or a device, or its own folder is missing
   */
  public static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DataException(
          file.toString(), "cannot be written: there is no folder " + folder + "; expected one");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new DataException(
          file.toString(), "cannot be written: it is no regular file; expected one, or none");
    }
    if (!Files.isWritable(folder)) {
      throw new DataException(
          file.toString(), "cannot be written: nothing may be written into " + folder);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary =
        target.resolveSibling(
            ".%s.%d-%d.tmp"
                .formatted(
                    target.getFileName(), ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(out);
        out.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    Path folder = target.getParent();
    if (folder != null) {
      force(folder);
    }
  }

  /** Brings the new name to the disk, where a folder can be opened for that; Windows can't. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole in either case; at worst the old one is there after a loss of power.
    }
  }
}
