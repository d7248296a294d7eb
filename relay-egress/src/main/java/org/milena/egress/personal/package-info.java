/**
 * What differs from one recipient's copy to another's: the return path and the field for leaving.
 *
 * <p>Promises that the message itself is shared: what is the recipient's own is a few octets before
 * it, so the author's signature and the cost of a recipient stay as they are.
 *
 * <p>Touches {@code common.mail}, {@code common.event} and {@code common.token}.
 */
@NullMarked
package org.milena.egress.personal;

import org.jspecify.annotations.NullMarked;
