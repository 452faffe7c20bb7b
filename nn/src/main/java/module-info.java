/** Layers, losses, initialisation, data and the training loop. */
module dev.descent.nn {
  requires transitive dev.descent.core;
  requires transitive dev.descent.optim;

  exports dev.descent.nn.data;
}
