/** {@code descent text}: tells which language a word is of. */
@NullMarked
package dev.descent.examples.text;

import org.jspecify.annotations.NullMarked;
