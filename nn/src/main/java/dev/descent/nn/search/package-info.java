/**
 * The search for settings: candidates from a grid or at random, tried on parts of the data that are
 * held out in turn. {@link dev.descent.nn.search.Search} does it; how a trial trains is yours.
 */
@NullMarked
package dev.descent.nn.search;

import org.jspecify.annotations.NullMarked;
