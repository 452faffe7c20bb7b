/**
 * The laws of update rules, written once as contracts of jqwik properties. A rule's test class
 * implements the contracts that apply to it and supplies the rule:
 *
 * <pre>{@code
 * class MyRuleProperties implements UpdateRuleLaws {
 *   public List<UpdateRule> configurations() {
 *     return List.of(new MyRule());
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.descent.optim.law.UpdateRuleLaws} is for every rule that treats coordinates alike
 * and apart, {@link dev.descent.optim.law.KernelLaws} for those with a kernel, the others for
 * families of rules.
 */
package dev.descent.optim.law;
