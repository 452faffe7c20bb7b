/**
 * What training leaves behind in files: weights that travel to PyTorch and back ({@link
 * dev.descent.nn.checkpoint.Weights}), and all that a run needs to go on ({@link
 * dev.descent.nn.checkpoint.TrainingState}), both as safetensors.
 *
 * <p>Files of examples to learn from are in {@code dev.descent.nn.data}.
 */
@NullMarked
package dev.descent.nn.checkpoint;

import org.jspecify.annotations.NullMarked;
