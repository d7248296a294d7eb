/**
 * Where a mail goes that may pass: to its lists, on to other hosts, to the operator.
 *
 * <p>Promises that each recipient of a mail ends in exactly one of the records it writes, or is
 * handed back as one that nothing can be written for, and that only a proven sender is named as the
 * one to tell of failures.
 *
 * <p>Touches records of {@code common.event} through a stage's transaction.
 *
 * <p>Why: mail that an operator released takes the same way as mail that was clean at once.
 */
@NullMarked
package org.milena.scanner.routing;

import org.jspecify.annotations.NullMarked;
