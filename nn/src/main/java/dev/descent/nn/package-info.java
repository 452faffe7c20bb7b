/** The root package of the nn module; everything lives in the packages below it. */
@NullMarked
package dev.descent.nn;

import org.jspecify.annotations.NullMarked;
