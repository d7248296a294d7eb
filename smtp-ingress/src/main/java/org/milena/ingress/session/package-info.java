/**
 * The SMTP dialogue as a state machine: a line in, a reply and the next step out (RFC 5321 section
 * 4, with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, ENHANCEDSTATUSCODES, LIMITS, STARTTLS and AUTH).
 *
 * <p>Promises a reply to every line whatever is in it; that what is announced is honoured and what
 * is not announced is refused; that a transaction is forgotten by one function on every way out of
 * it; and that nothing said before TLS counts after it.
 *
 * <p>Touches the other features' faces: addresses, policy, login, acceptance. No socket, no thread,
 * no clock.
 *
 * <p>Why: the faults of SMTP servers are states that were not reset and lines that were read twice,
 * so the states are in one class that a table of tests can walk through.
 */
@NullMarked
package org.milena.ingress.session;

import org.jspecify.annotations.NullMarked;
