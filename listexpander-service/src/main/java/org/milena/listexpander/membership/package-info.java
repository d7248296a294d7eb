/**
 * Who is on a list: put there by owners, or joining and leaving of their own will.
 *
 * <p>Promises that nobody is subscribed by somebody else where the list asks for confirmation, that
 * a request is confirmed once at most, and that an outsider cannot find out who is a member.
 *
 * <p>Touches {@code common}, the ledger and notices.
 */
@NullMarked
package org.milena.listexpander.membership;

import org.jspecify.annotations.NullMarked;
