/** The training loop: epochs, validation, history, and what is called along the way. */
@NullMarked
package dev.descent.nn.train;

import org.jspecify.annotations.NullMarked;
