/** What the commands share: their options, what they accept, and how they tell what they do. */
@NullMarked
package dev.descent.examples.cli;

import org.jspecify.annotations.NullMarked;
