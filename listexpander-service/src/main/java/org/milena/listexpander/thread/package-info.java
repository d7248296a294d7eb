/**
 * Single threads that members follow or mute.
 *
 * <p>Promises that a wish changes nothing but who gets the posts of its thread as they come, that a
 * post costs a look-up for each thread it may belong to and no second walk over the members, and
 * that wishes end by themselves when their thread is still for a year.
 *
 * <p>Touches {@code common}, the ledger and what tells the thread of a post.
 */
@NullMarked
package org.milena.listexpander.thread;

import org.jspecify.annotations.NullMarked;
