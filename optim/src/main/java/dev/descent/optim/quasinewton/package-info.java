/**
 * Optimizers that ask for the loss more than once a step: {@link
 * dev.descent.optim.quasinewton.Lbfgs}. They are no update rules, since they decide about all
 * parameters together and try several places.
 */
@NullMarked
package dev.descent.optim.quasinewton;

import org.jspecify.annotations.NullMarked;
