/**
 * Data to learn from: labelled examples in memory ({@link dev.descent.nn.data.Dataset}), cut into
 * batches ({@link dev.descent.nn.data.DataLoader}), and the file formats they come from ({@link
 * dev.descent.nn.data.IdxArray}, {@link dev.descent.nn.data.NpyArray}, {@link
 * dev.descent.nn.data.Npz}, {@link dev.descent.nn.data.CsvTable}, {@link
 * dev.descent.nn.data.Mnist}).
 *
 * <p>Nothing here downloads or draws anything, and nothing here knows layers: the loop that feeds
 * batches to a model is in {@code dev.descent.nn.train}.
 */
@NullMarked
package dev.descent.nn.data;

import org.jspecify.annotations.NullMarked;
