/**
 * How often something happened to a list within a span of time.
 *
 * <p>Promises to count in the transaction of what is counted, so that a restart forgets nothing and
 * what is undone is not counted.
 *
 * <p>Touches {@code common} and the ledger: its counts are notes among those about seen posts, and
 * are swept away with them.
 *
 * <p>Why a room of its own: answers, posts and passwords are limited in the same way.
 */
@NullMarked
package org.milena.listexpander.limit;

import org.jspecify.annotations.NullMarked;
