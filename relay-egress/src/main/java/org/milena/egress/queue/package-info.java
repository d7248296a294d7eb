/**
 * The deferred mail as operators see it: who waits, why, until when; and what they can have done.
 *
 * <p>Promises to show all partitions, whoever owns them, and to change none itself: what is to be
 * done goes to the owner as a record.
 *
 * <p>Touches {@code common}.
 */
@NullMarked
package org.milena.egress.queue;

import org.jspecify.annotations.NullMarked;
