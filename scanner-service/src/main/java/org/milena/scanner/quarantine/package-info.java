/**
 * Mail the scanner keeps back: what lies there, what operators do with it, and who is told.
 *
 * <p>Promises that a kept mail is released once or never. An operator's act is a record in the same
 * log as the mail; the first decision about a mail counts, on every instance alike, since all read
 * the same order. A stage reads the acts and sends released mail on, in one transaction with its
 * offset. So two operators who click at once, a repeated request or a crash neither lose nor double
 * a mail, and the audit log is what really decided. Before a release is written the engines are
 * asked again; mail they still call infected needs the operator's word that it goes in spite of
 * them, and the log keeps that word and theirs.
 *
 * <p>Owners are told in digests, once for each period however many instances there are, by the same
 * means: a record that names the period, of which the first counts. The sender a mail claims is
 * told nothing.
 *
 * <p>Touches records, and the directory for owners; the log is followed by {@code scanner.kafka}. A
 * message is never rendered, and what is shown of it (subject, author, names, header) has its
 * invisible characters written as escapes. It leaves the quarantine in two ways: released, or to an
 * operator in an encrypted file.
 */
@NullMarked
package org.milena.scanner.quarantine;

import org.jspecify.annotations.NullMarked;
