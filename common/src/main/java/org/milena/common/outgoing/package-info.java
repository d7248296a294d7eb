/**
 * Mail that the platform sends: what its machines write, and how a message gets to its recipients.
 * Every service that sends goes through here.
 *
 * <p>Promises that what a machine of ours writes is well formed, seven bits wide in its body and
 * marked as automatic (RFC 3834 section 5), whatever strangers put into it; and that a message lies
 * in the log once, with small deliveries that point at it, grouped by destination.
 *
 * <p>Touches {@code common.event}, {@code common.header} and {@code common.mail}, and {@code
 * common.stage} for a transaction.
 *
 * <p>Why: a notice that can be answered by a machine makes loops, and one with a stranger's line in
 * it makes forgeries; both are mended in one place or in none.
 */
@NullMarked
package org.milena.common.outgoing;

import org.jspecify.annotations.NullMarked;
