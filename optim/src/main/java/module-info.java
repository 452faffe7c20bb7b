/** Update rules, learning rate schedules, gradient transforms, and the tools to study them. */
module dev.descent.optim {
  requires static jdk.incubator.vector;
  requires transitive dev.descent.core;
}
