/**
 * The update rules, one file each: the formula and where it comes from, the hyperparameters, the
 * state, and the specification in double precision. {@link dev.descent.optim.rule.Rules} lists them
 * by name. Their float32 loops are in {@code dev.descent.optim.simd}, under the same names.
 */
@NullMarked
package dev.descent.optim.rule;

import org.jspecify.annotations.NullMarked;
