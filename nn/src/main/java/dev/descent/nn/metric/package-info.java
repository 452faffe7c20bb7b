/** How good predictions are, in numbers that people read. */
@NullMarked
package dev.descent.nn.metric;

import org.jspecify.annotations.NullMarked;
