/**
 * Random changes of images that leave their meaning as it is, so that a model sees another set in
 * each epoch. Which image is changed when is for {@link dev.descent.nn.data.DataLoader#augmented}.
 */
@NullMarked
package dev.descent.nn.augmentation;

import org.jspecify.annotations.NullMarked;
