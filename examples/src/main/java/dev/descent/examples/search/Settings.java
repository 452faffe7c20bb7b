package dev.descent.examples.search;

/**
 * What is searched for.
 *
 * @param rule the name of an update rule
 * @param learningRate its learning rate
 * @param batchSize examples per step
 */
record Settings(String rule, double learningRate, int batchSize) {}
