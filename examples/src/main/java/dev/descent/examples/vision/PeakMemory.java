package dev.descent.examples.vision;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory this process has had at most. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s*(\\d+) kB");
  private static final double MEGABYTE = 1 << 20;

  private PeakMemory() {}

  /**
   * In megabytes: physical memory where the system tells, as Linux does; elsewhere what Java took
   * for objects and code, which is all but a little.
   */
  static double megabytes() {
    return resident(STATUS).orElseGet(PeakMemory::taken) / MEGABYTE;
  }

  /** What a file such as Linux keeps for each process says, in bytes; nothing if it does not. */
  static OptionalLong resident(Path status) {
    try {
      for (String line : Files.readAllLines(status)) {
        Matcher matcher = RESIDENT.matcher(line);
        if (matcher.matches()) {
          return OptionalLong.of(1024 * Long.parseLong(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      // Another system.
    }
    return OptionalLong.empty();
  }

  /** The sum of what each part of Java's memory has had at most, in bytes. */
  static long taken() {
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    return pools.stream().mapToLong(pool -> pool.getPeakUsage().getCommitted()).sum();
  }
}
