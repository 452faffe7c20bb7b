/** JMH benchmarks of the hot loops. */
module dev.descent.bench {
  requires dev.descent.nn;
  requires java.management;
  requires jmh.core;
}
