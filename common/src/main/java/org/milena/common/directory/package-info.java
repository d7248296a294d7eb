/**
 * Who and what the site knows: lists with their settings, members with their roles, accounts,
 * suppressed addresses, requests that wait, the searches that accounts keep; and the read view of
 * them that every service shares.
 *
 * <p>Promises that a view says how fresh it is, so that an edge can answer "later" instead of a
 * wrong "no". Nothing here is changed by its readers: changes are commands, decided by a list's
 * owner.
 *
 * <p>Why: one writer per list, many readers. See docs/decisions/0003-one-writer-per-list.md.
 */
@NullMarked
package org.milena.common.directory;

import org.jspecify.annotations.NullMarked;
