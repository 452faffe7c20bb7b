/** {@code descent charlm}: learns the characters of a novel, and writes some. */
@NullMarked
package dev.descent.examples.charlm;

import org.jspecify.annotations.NullMarked;
