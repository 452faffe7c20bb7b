/** Update rules, learning rate schedules, gradient transforms, and the tools to study them. */
module dev.descent.optim {
  requires static jdk.incubator.vector;
  requires transitive dev.descent.core;

  exports dev.descent.optim;
  exports dev.descent.optim.dialect;
  exports dev.descent.optim.quasinewton;
  exports dev.descent.optim.rule;
  exports dev.descent.optim.schedule;
  exports dev.descent.optim.setting;
  exports dev.descent.optim.stage;
  exports dev.descent.optim.study;
  exports dev.descent.optim.transform;
}
