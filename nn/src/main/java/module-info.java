/** Layers, losses, initialisation, data, the training loop, search and checkpoints. */
module dev.descent.nn {
  requires transitive dev.descent.core;
  requires transitive dev.descent.optim;

  exports dev.descent.nn.augmentation;
  exports dev.descent.nn.checkpoint;
  exports dev.descent.nn.data;
  exports dev.descent.nn.init;
  exports dev.descent.nn.layer;
  exports dev.descent.nn.loss;
  exports dev.descent.nn.metric;
  exports dev.descent.nn.search;
  exports dev.descent.nn.train;
}
