/** The network that {@code bench/compare} trains, in TensorFlow-Java. */
package dev.descent.peers.tensorflow;
