/**
 * The parts that models are made of. A layer is a function of a tensor with parameters; a model is
 * a layer too.
 */
@NullMarked
package dev.descent.nn.layer;

import org.jspecify.annotations.NullMarked;
