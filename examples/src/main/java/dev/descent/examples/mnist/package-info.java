/**
 * The {@code mnist} command: a network that learns to read digits, and how the run is told to
 * people and to programs. The digits are a selection in the program itself ({@link
 * dev.descent.examples.mnist.EmbeddedDigits}) or the full set from a directory or the network
 * ({@link dev.descent.examples.mnist.MnistDownload}); the file format and its checks are in {@code
 * dev.descent.nn.data}.
 */
@NullMarked
package dev.descent.examples.mnist;

import org.jspecify.annotations.NullMarked;
