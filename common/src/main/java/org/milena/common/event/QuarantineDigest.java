package org.milena.common.event;

import java.time.Instant;

/**
 * A period is over, and owners are to be told what was kept for their lists. Every instance may
 * write one; of several for the same period the first in the log counts. It tells of the mails that
 * lie in the log between the one before that counted and itself.
 *
 * @param until end of the period; names it
 * @param by the instance that noticed
 */
public record QuarantineDigest(Instant until, String by, Instant at) {}
