/**
 * The kernels as vector loops: the only package of this module, with those below it, that names
 * {@code jdk.incubator.vector}.
 */
@NullMarked
package dev.descent.core.kernel.simd;

import org.jspecify.annotations.NullMarked;
