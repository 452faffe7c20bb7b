package dev.descent.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The JVM's compilers, for measurements that must not begin before they are done. */
final class Compiler {
  private static final CompilationMXBean STATISTICS = ManagementFactory.getCompilationMXBean();

  private long milliseconds;

  /**
   * Whether nothing was compiled since the last look, is being compiled, or waits for it. Always
   * true on a JVM that cannot tell.
   */
  boolean wasIdle() {
    long before = milliseconds;
    milliseconds = STATISTICS.getTotalCompilationTime();
    return milliseconds == before && isIdle();
  }

  private static boolean isIdle() {
    // "C2 compile queue:", then the methods, or "Empty".
    return queue()
        .lines()
        .map(String::strip)
        .allMatch(line -> line.isEmpty() || line.endsWith(":") || line.equals("Empty"));
  }

  private static String queue() {
    try {
      Object[] arguments = {null};
      String[] signature = {String[].class.getName()};
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "compilerQueue",
                  arguments,
                  signature);
    } catch (JMException e) {
      return "";
    }
  }
}
