/**
 * Learning rates as functions of the step, in closed form: any step can be asked for, in any order,
 * so that a resumed run continues exactly.
 */
@NullMarked
package dev.descent.optim.schedule;

import org.jspecify.annotations.NullMarked;
