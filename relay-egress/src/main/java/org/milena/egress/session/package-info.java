/**
 * Speaks SMTP as a client (RFC 5321), over a wire that is given to it.
 *
 * <p>Promises an own answer for each recipient, that nothing but CRLF ends a line and nothing but
 * the final dot ends a message whatever the content holds, that a reply is read within limits of
 * length and time, and that nothing said before encryption counts after it.
 *
 * <p>Touches {@code common.mail}, {@code common.status} and {@code outcome}: no socket, no thread.
 * The state machine is in {@link org.milena.egress.session.SmtpSession}.
 *
 * <p>Why: no client library offers pipelining, an answer per recipient, unchanged octets and many
 * messages per connection together. See docs/services/relay-egress.md.
 */
@NullMarked
package org.milena.egress.session;

import org.jspecify.annotations.NullMarked;
