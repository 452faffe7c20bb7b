/** {@code descent vision}: a residual network that names figures in pictures it has not seen. */
@NullMarked
package dev.descent.examples.vision;

import org.jspecify.annotations.NullMarked;
