/**
 * What operations call to compute: arrays, offsets and lengths, no tensors. {@link
 * dev.descent.core.kernel.Kernels} is the way in; the plain loops that define each result are in
 * {@code reference}, the vector loops in {@code simd}.
 */
@NullMarked
package dev.descent.core.kernel;

import org.jspecify.annotations.NullMarked;
