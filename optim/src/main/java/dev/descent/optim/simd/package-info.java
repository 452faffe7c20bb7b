/**
 * The rules' float32 vector loops, one file per rule, in the letters of the rule. The only package
 * of this module that names the Vector API; nothing here is loaded when the reference kernels run.
 *
 * <p>A kernel writes its expression once, in {@code lanes}, for a whole vector and for the tail
 * alike, and each lane is computed by the same operations whatever the width. So 128, 256 and 512
 * bits, any length, any offset and any split among threads give the same bits.
 */
@NullMarked
package dev.descent.optim.simd;

import org.jspecify.annotations.NullMarked;
