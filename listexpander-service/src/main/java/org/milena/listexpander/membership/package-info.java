/**
 * Who is on a list: put there by owners, or joining and leaving of their own will.
 *
 * <p>Promises that nobody is subscribed by somebody else where the list asks for confirmation, that
 * a request is confirmed once at most, that an outsider cannot find out who is a member, and that
 * an address gets one confirmation a day from the whole site, however many lists are asked
 * (subscription bombing).
 *
 * <p>Touches {@code common}, the ledger, notices, patterns of addresses, and the box of digests,
 * which owes a last one to whoever reads them no longer.
 */
@NullMarked
package org.milena.listexpander.membership;

import org.jspecify.annotations.NullMarked;
