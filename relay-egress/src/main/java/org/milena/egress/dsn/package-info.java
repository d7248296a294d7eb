/**
 * What the sender of relayed mail is told when it could not be delivered (RFC 3464).
 *
 * <p>Promises that only the address a delivery names is told, that the report comes from the empty
 * reverse-path and is marked as automatic (RFC 3834), so that nothing answers it and no failure of
 * it is reported again, and that it gives the header of the message back and never its text.
 *
 * <p>Touches {@code common}, {@code job} and {@code outcome}. Who may be told is decided where the
 * delivery is written; how the report becomes a mail, in {@code kafka}, in the transaction of the
 * results.
 *
 * <p>Why: who takes a mail and cannot deliver it must say so (RFC 5321 section 6.1), and must not
 * say it to somebody who sent nothing.
 */
@NullMarked
package org.milena.egress.dsn;

import org.jspecify.annotations.NullMarked;
