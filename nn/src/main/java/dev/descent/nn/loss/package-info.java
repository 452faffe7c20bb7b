/** What training makes small: a scalar from predictions and targets. */
@NullMarked
package dev.descent.nn.loss;

import org.jspecify.annotations.NullMarked;
