/**
 * rspamd as an engine: it rates mail as spam.
 *
 * <p>Promises that a rating is taken only from a check that rspamd finished: one that it skipped,
 * put off or ran out of time in is "not scanned". Where no connection is taken, nobody was asked:
 * that is an outage. What an antivirus inside rspamd found counts as a find; that it found none
 * counts for nothing. No request header ever names a file.
 *
 * <p>Touches HTTP.
 *
 * <p>Why: on a time-out rspamd answers with the rules that were done by then, and that looks like a
 * verdict.
 */
@NullMarked
package org.milena.scanner.rspamd;

import org.jspecify.annotations.NullMarked;
