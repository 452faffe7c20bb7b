/** {@code descent policy}: learning to balance a pole by trying, with REINFORCE. */
@NullMarked
package dev.descent.examples.policy;

import org.jspecify.annotations.NullMarked;
