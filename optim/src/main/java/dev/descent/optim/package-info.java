/** Optimizers: rules, schedules and transforms bound to parameters. */
@NullMarked
package dev.descent.optim;

import org.jspecify.annotations.NullMarked;
