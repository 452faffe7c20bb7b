/**
 * What is computed with: {@link dev.descent.core.tensor.Tensor}, its {@link
 * dev.descent.core.tensor.Shape}, and the {@link dev.descent.core.tensor.Parameter} that training
 * changes. The operations are in {@code op}, the derivatives in {@code autodiff}.
 */
@NullMarked
package dev.descent.core.tensor;

import org.jspecify.annotations.NullMarked;
