/**
 * Optimizers: what an update rule is, and what binds it to parameters.
 *
 * <p>{@link dev.descent.optim.Optimizer} is where a training loop starts; {@link
 * dev.descent.optim.UpdateRule} is where a new rule starts. The rules themselves are in {@link
 * dev.descent.optim.rule}, their vector loops in {@code dev.descent.optim.simd}, learning rates in
 * {@link dev.descent.optim.schedule}, what happens to gradients before the rule in {@link
 * dev.descent.optim.transform}, what else happens around it in {@link dev.descent.optim.stage}, and
 * the means to watch a rule at work in {@link dev.descent.optim.study}. Nothing here knows about
 * layers.
 */
@NullMarked
package dev.descent.optim;

import org.jspecify.annotations.NullMarked;
