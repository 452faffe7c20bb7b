/**
 * One record per operation: what it checks, what it computes, and its derivative, written in
 * operations again. How the numbers are crunched is in {@code kernel}.
 */
@NullMarked
package dev.descent.core.op;

import org.jspecify.annotations.NullMarked;
