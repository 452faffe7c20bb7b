/** {@code descent linear}: a line through points, the smallest thing that learns. */
@NullMarked
package dev.descent.examples.linear;

import org.jspecify.annotations.NullMarked;
