/** Convolutions of images without their patches spelled out: forward and both gradients. */
@NullMarked
package dev.descent.core.kernel.simd.convolution;

import org.jspecify.annotations.NullMarked;
