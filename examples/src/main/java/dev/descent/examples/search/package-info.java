/** {@code descent search}: which rule, learning rate and batch size learn digits best. */
@NullMarked
package dev.descent.examples.search;

import org.jspecify.annotations.NullMarked;
