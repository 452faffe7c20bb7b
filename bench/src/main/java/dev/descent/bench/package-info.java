/** JMH benchmarks, one class per kind of work. */
@NullMarked
package dev.descent.bench;

import org.jspecify.annotations.NullMarked;
