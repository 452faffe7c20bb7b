/** Random numbers that depend on a seed and a purpose, not on the order of asking. */
@NullMarked
package dev.descent.core.random;

import org.jspecify.annotations.NullMarked;
