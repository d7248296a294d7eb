/**
 * ClamAV's daemon as an engine, over TCP or a unix socket.
 *
 * <p>Promises that only the two replies that mean a verdict are taken for one: {@code stream: OK}
 * and {@code stream: NAME FOUND}. Whatever else comes, or nothing, is "not scanned".
 *
 * <p>Touches sockets.
 *
 * <p>Why: clamd answers over-limit content, errors and unknown commands in the same place as
 * verdicts, and a client that only looks for {@code FOUND} calls all of them clean.
 */
@NullMarked
package org.milena.scanner.clamav;

import org.jspecify.annotations.NullMarked;
