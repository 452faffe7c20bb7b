/** How a run is told: lines and a progress bar for people, JSON for programs, pictures for both. */
@NullMarked
package dev.descent.examples.report;

import org.jspecify.annotations.NullMarked;
