/**
 * Outgoing mail that is kept to be read, instead of being sent: for demonstrations, tests and first
 * steps.
 *
 * <p>Promises that a message is in the outbox before its result is kept, and that what lies there
 * is what would have gone out.
 *
 * <p>Touches {@code common}; where the messages lie is decided in {@code file}.
 */
@NullMarked
package org.milena.egress.capture;

import org.jspecify.annotations.NullMarked;
