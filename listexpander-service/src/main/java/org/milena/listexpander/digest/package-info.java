/**
 * Posts put together: digests as messages of their own (RFC 2046 section 5.1.5) or in one text (RFC
 * 1153), and a summary a day.
 *
 * <p>Promises that each post of a list stands in exactly one digest of each form that somebody
 * reads, and in one summary; that issues count without a gap; that no digest is empty; and that no
 * post, however broken or big, keeps the others from going out.
 *
 * <p>Touches {@code common}, the ledger, expansion, preparation and chores.
 *
 * <p>Why the content lies in a topic of its own: a list may keep no archive, and what waits must
 * not be in memory. It is read before the transaction that sends it, and what was decided meanwhile
 * counts inside.
 */
@NullMarked
package org.milena.listexpander.digest;

import org.jspecify.annotations.NullMarked;
