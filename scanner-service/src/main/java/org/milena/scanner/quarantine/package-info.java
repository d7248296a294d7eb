/**
 * Mail the scanner keeps back: what lies there, and what operators do with it.
 *
 * <p>Promises that a kept mail is released once or never. An operator's act is a record in the same
 * log as the mail; the first act on a mail counts, on every instance alike, since all read the same
 * order. A stage reads the acts and sends released mail on, in one transaction with its offset. So
 * two operators who click at once, a repeated request or a crash neither lose nor double a mail,
 * and the audit log is what really decided.
 *
 * <p>Touches records; the log is followed by {@code scanner.kafka}. A message is never rendered,
 * and what is shown of it (subject, author, names) has its invisible characters written as escapes.
 */
@NullMarked
package org.milena.scanner.quarantine;

import org.jspecify.annotations.NullMarked;
