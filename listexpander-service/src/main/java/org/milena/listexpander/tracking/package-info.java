/**
 * Tells authors who want it what became of the copies of their posts.
 *
 * <p>Promises one mail a post at most, to its proven author, when all copies are delivered or have
 * failed, or else a day after they were made; numbers and times, and no address.
 *
 * <p>Touches {@code common}, the ledger and notices.
 *
 * <p>Why the list counts by itself: the archive knows stories by the month and may be away, and a
 * list has one sequence in which nothing is counted twice.
 */
@NullMarked
package org.milena.listexpander.tracking;

import org.jspecify.annotations.NullMarked;
