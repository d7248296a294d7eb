/**
 * ClamAV's daemon as an engine, over TCP or a unix socket.
 *
 * <p>Promises that only the two replies that mean a verdict are taken for one: {@code stream: OK}
 * and {@code stream: NAME FOUND}. Whatever else comes, or nothing, is "not scanned". And that no
 * verdict is taken from a clamd that does not find the EICAR test file in a mail.
 *
 * <p>Touches sockets.
 *
 * <p>Why: clamd answers over-limit content, errors and unknown commands in the same place as
 * verdicts, and a client that only looks for {@code FOUND} calls all of them clean. A clamd without
 * signatures, or with {@code ScanMail no}, answers {@code OK} to everything.
 *
 * <p>Each scan has a connection of its own, not a place in a kept {@code IDSESSION}: beside eight
 * others a kept session gave 1.16 times the scans of 2 KB mails over TCP, 1.13 of 10 KB, 1.03 of
 * 100 KB, and over a unix socket nothing (0.99, 0.87, 0.72; measured with one signature, where a
 * scan itself costs next to nothing). That is a twentieth of a millisecond a mail, and a session
 * that went stale would have to be told from a mail that broke it.
 */
@NullMarked
package org.milena.scanner.clamav;

import org.jspecify.annotations.NullMarked;
