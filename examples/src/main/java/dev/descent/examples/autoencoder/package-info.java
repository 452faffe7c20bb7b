/** {@code descent autoencoder}: a network that compresses digits, and makes up new ones. */
@NullMarked
package dev.descent.examples.autoencoder;

import org.jspecify.annotations.NullMarked;
