package dev.descent.examples.policy;

import dev.descent.core.random.RandomStream;

/**
 * A pole that stands on a cart by a hinge. The cart is pushed to the left or to the right at each
 * step, so that the pole does not fall.
 *
 * <p>The task of Barto, Sutton and Anderson 1983, "Neuronlike Adaptive Elements That Can Solve
 * Difficult Learning Control Problems", as Gymnasium has it under the name {@code CartPole-v1}:
 * without friction, with the accelerations of Florian 2007, "Correct equations for the dynamics of
 * the cart-pole system", equations 23 and 24, and Euler's method. Computed in double, with the
 * sines of {@link StrictMath}: the same on every machine.
 *
 * @param position of the cart on its track, in metres from the middle
 * @param velocity of the cart, in metres per second, to the right
 * @param angle of the pole, in radians from upright, to the right
 * @param angularVelocity of the pole, in radians per second
 */
record CartPole(double position, double velocity, double angle, double angularVelocity) {
  /** The length of a step, in seconds. */
  static final double TIME_STEP = 0.02;

  /** How far from the middle the track goes, in metres. */
  static final double TRACK = 2.4;

  /** The length of the pole, in metres. */
  static final double POLE = 1;

  private static final double GREATEST_ANGLE = 12 * 2 * Math.PI / 360;
  private static final double START = 0.05;
  private static final double FORCE = 10;
  private static final double GRAVITY = 9.8;
  private static final double CART_MASS = 1;
  private static final double POLE_MASS = 0.1;
  private static final double MASS = CART_MASS + POLE_MASS;
  private static final double HALF_POLE = POLE / 2;

  /** Almost in the middle, almost at rest, almost upright. */
  static CartPole start(RandomStream random) {
    return new CartPole(little(random), little(random), little(random), little(random));
  }

  private static double little(RandomStream random) {
    return START * (2 * random.nextDouble() - 1);
  }

  /** What a push leads to, a step later. */
  CartPole pushed(boolean right) {
    double force = right ? FORCE : -FORCE;
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    double moment = POLE_MASS * HALF_POLE;
    double pushed = (force + moment * angularVelocity * angularVelocity * sine) / MASS;
    double angularAcceleration =
        (GRAVITY * sine - cosine * pushed)
            / (HALF_POLE * (4.0 / 3 - POLE_MASS * cosine * cosine / MASS));
    double acceleration = pushed - moment * angularAcceleration * cosine / MASS;
    return new CartPole(
        position + TIME_STEP * velocity,
        velocity + TIME_STEP * acceleration,
        angle + TIME_STEP * angularVelocity,
        angularVelocity + TIME_STEP * angularAcceleration);
  }

  /** Whether the pole leans too far, 12 degrees, or the cart has left its track. */
  boolean failed() {
    return Math.abs(position) > TRACK || Math.abs(angle) > GREATEST_ANGLE;
  }
}
