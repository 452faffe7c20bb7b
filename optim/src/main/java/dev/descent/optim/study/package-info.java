/** Means to watch an update rule at work, apart from any network: replaying its specification. */
@NullMarked
package dev.descent.optim.study;

import org.jspecify.annotations.NullMarked;
