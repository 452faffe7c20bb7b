package dev.descent.examples.rule;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.UpdateRuleLaws;
import java.util.List;

class SignumTest implements UpdateRuleLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Signum(0.9), new Signum(0));
  }
}
