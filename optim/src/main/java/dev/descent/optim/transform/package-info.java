/**
 * What happens to gradients before the rule, one file each. They go with every rule and combine: an
 * {@link dev.descent.optim.Optimizer} applies them in the order in which it is given them.
 */
@NullMarked
package dev.descent.optim.transform;

import org.jspecify.annotations.NullMarked;
