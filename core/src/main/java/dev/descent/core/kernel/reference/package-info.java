/**
 * The kernels as plain loops: the definition that the vector kernels must match bit for bit, and
 * what runs where the Vector API is missing.
 */
@NullMarked
package dev.descent.core.kernel.reference;

import org.jspecify.annotations.NullMarked;
