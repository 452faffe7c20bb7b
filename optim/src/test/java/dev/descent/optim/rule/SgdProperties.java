package dev.descent.optim.rule;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.LinearLaws;
import dev.descent.optim.law.UpdateRuleLaws;
import java.util.List;

class SgdProperties implements UpdateRuleLaws, LinearLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Sgd());
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }
}
