/**
 * What an operation is ({@link dev.descent.core.autodiff.Op}) and how gradients flow back through a
 * graph of them ({@link dev.descent.core.autodiff.Backward}).
 */
@NullMarked
package dev.descent.core.autodiff;

import org.jspecify.annotations.NullMarked;
