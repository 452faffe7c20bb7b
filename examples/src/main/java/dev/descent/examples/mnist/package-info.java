/**
 * Where the digits of the examples come from: a selection in the program itself ({@link
 * dev.descent.examples.mnist.EmbeddedDigits}) or the full set from the network ({@link
 * dev.descent.examples.mnist.MnistDownload}). The file format and the checks are in {@code
 * dev.descent.nn.data}.
 */
@NullMarked
package dev.descent.examples.mnist;

import org.jspecify.annotations.NullMarked;
