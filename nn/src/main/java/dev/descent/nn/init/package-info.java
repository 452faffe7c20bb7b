/** The random values that weights start from. */
@NullMarked
package dev.descent.nn.init;

import org.jspecify.annotations.NullMarked;
