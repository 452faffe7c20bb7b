/**
 * What happens around the rule, apart from what happens to gradients in {@link
 * dev.descent.optim.transform}: gradients that add up over several batches, and second sets of
 * weights that follow the first.
 */
@NullMarked
package dev.descent.optim.stage;

import org.jspecify.annotations.NullMarked;
