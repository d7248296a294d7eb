/**
 * What differs from one recipient's copy to another's: the return path, the field for leaving, and
 * what texts and {@code To} say of the recipient.
 *
 * <p>Promises that the message itself is shared: what is the recipient's own is a few octets before
 * it, and at places that its record names, so the cost of a recipient stays as it is, and so does
 * the author's signature where there are no such places.
 *
 * <p>Touches {@code common.mail}, {@code common.event} and {@code common.token}.
 */
@NullMarked
package org.milena.egress.personal;

import org.jspecify.annotations.NullMarked;
