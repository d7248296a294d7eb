/**
 * When to try again, and when to give up.
 *
 * <p>Promises that a recipient that cannot be reached is tried at growing distances until it is
 * four days old, once more at that age, and then failed with the last real status. Flushing moves a
 * try forward and changes nothing else.
 *
 * <p>Touches {@code common} and {@code outcome}; time and chance are given to it.
 */
@NullMarked
package org.milena.egress.retry;

import org.jspecify.annotations.NullMarked;
