/**
 * Benchmarks, one class per kind of work. JMH runs them one by one; {@link
 * dev.descent.bench.Worker} runs the same methods for {@code bench/compare}, in turn with PyTorch.
 */
@NullMarked
package dev.descent.bench;

import org.jspecify.annotations.NullMarked;
