/**
 * The reading of what comes back: reports of failure, delay and delivery, complaints, answers of
 * machines; told apart from mail that people write.
 *
 * <p>Promises to read anything without throwing, in time and memory bounded by the size of the
 * mail; that a mail of a person never counts as a failure, rather missing one; and that no address
 * which the caller calls its own, nor the reporter's, is given as the one that failed.
 *
 * <p>Touches {@code common}, and mime4j for the parts of a report.
 *
 * <p>Why: half of the mail servers write RFC 3464 and half of those wrongly; the rest write prose.
 * Who counts failures needs one answer, and needs to know whether the fault is the member's or
 * ours.
 */
@NullMarked
package org.milena.listexpander.bounce.reading;

import org.jspecify.annotations.NullMarked;
