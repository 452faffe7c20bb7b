/** The root package of the core module; everything lives in the packages below it. */
@NullMarked
package dev.descent.core;

import org.jspecify.annotations.NullMarked;
