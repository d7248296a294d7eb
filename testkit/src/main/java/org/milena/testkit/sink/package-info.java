/**
 * A receiving mail server that counts: whatever is sent to it is accepted, refused, delayed or cut
 * off as the test says, and every recipient of every message is accounted for.
 *
 * <p>Promises exact numbers: messages, transactions, recipients, and how often each recipient got
 * each message, so that losses and duplicates show. It is quick enough to be the far end of a
 * measurement.
 *
 * <p>Touches sockets and virtual threads. It is strict where a sender must be (lines end with CRLF)
 * and notes what it saw otherwise.
 *
 * <p>Why: {@code smtp-sink} counts messages only, and refuses at one phase at most.
 */
@NullMarked
package org.milena.testkit.sink;

import org.jspecify.annotations.NullMarked;
