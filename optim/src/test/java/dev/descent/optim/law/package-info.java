/**
 * The laws of update rules, written once as contracts of jqwik properties. A rule's test class
 * implements the contracts that apply to it and supplies the rule; no kernel is needed:
 *
 * <pre>{@code
 * class MyRuleTest implements UpdateRuleLaws {
 *   public List<UpdateRule> configurations() {
 *     return List.of(new MyRule());
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.descent.optim.law.UpdateRuleLaws} is for most rules: those that treat coordinates
 * alike and apart, wherever they are, and whose steps are proportional to the learning rate. A rule
 * that differs in some of this implements the parts that hold:
 *
 * <ul>
 *   <li>{@link dev.descent.optim.law.CommonLaws}: every rule. Odd, repeatable, finite; rests where
 *       there is no gradient.
 *   <li>{@link dev.descent.optim.law.ElementwiseLaws}: no norms, no sums over a parameter.
 *   <li>{@link dev.descent.optim.law.PlaceLaws}: no weight decay, no averages of places.
 *   <li>{@link dev.descent.optim.law.RateLaws}: the learning rate scales the step, and nothing
 *       else.
 * </ul>
 *
 * <p>Further contracts ask for more than the rule:
 *
 * <ul>
 *   <li>{@link dev.descent.optim.law.FirstStepLaws}: the first step, from a formula that you give.
 *   <li>{@link dev.descent.optim.law.AdaptiveLaws}: rules that divide by the size of past
 *       gradients.
 *   <li>{@link dev.descent.optim.law.LinearLaws}: steps for a sum of gradients add up.
 *   <li>{@link dev.descent.optim.law.KernelLaws}: rules with a kernel. It computes what is
 *       specified.
 * </ul>
 *
 * <p>{@link dev.descent.optim.law.Course} makes the gradients and {@link
 * dev.descent.optim.law.Precision} runs a rule on them, for laws of your own.
 */
package dev.descent.optim.law;
