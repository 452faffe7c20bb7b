/**
 * The matrix product: its blocks, the copies that it reads side by side, and the tiles that are
 * held in registers.
 */
@NullMarked
package dev.descent.core.kernel.simd.matrix;

import org.jspecify.annotations.NullMarked;
