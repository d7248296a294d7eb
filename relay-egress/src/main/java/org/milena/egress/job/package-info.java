/**
 * Deliveries in hand: which of their recipients are open, and how far an offset may move.
 *
 * <p>Promises that an offset moves past a delivery only when each of its recipients has a result,
 * that a recipient whose result was read back after a crash is not handed out again, and that the
 * place from which results are to be read back is never too late.
 *
 * <p>Touches {@code common} and {@code outcome}. No broker, no socket: what comes from the one and
 * goes to the other are plain calls.
 *
 * <p>Why: the promise that nobody gets a mail twice hangs on this arithmetic, so it stands apart
 * and is tested alone.
 */
@NullMarked
package org.milena.egress.job;

import org.jspecify.annotations.NullMarked;
