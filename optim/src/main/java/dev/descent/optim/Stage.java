package dev.descent.optim;

/**
 * Something that happens around the rule in a step of an {@link Optimizer}, beside rather than
 * inside it, so that it goes with any rule. An optimizer is given its stages after the rule:
 *
 * <pre>{@code
 * new Optimizer(model.parameters(), new Adam(), 0.001, new ClipByGlobalNorm(1));
 * }</pre>
 *
 * <p>Stages are values without state. What they remember between steps the optimizer keeps, and
 * {@link Optimizer#state} has it.
 */
public sealed interface Stage permits GradientTransform, SecondWeights {}
