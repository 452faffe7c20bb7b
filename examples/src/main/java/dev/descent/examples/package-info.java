/** The {@code descent} command line and its subcommands. */
@NullMarked
package dev.descent.examples;

import org.jspecify.annotations.NullMarked;
