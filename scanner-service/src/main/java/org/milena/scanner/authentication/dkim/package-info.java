/**
 * DKIM: whether a domain has put its name under a message, and whether it still is that message
 * (RFC 6376, with RFC 8301, 8463 and 8616).
 *
 * <p>Promises that a signature passes only when it covers the author's field and the body to its
 * end, and leaves no second field of those that are shown beside a signed one, with an algorithm
 * and a key that are still good; that the work for one message is bounded, whatever it brings; and
 * that nothing in a message makes it throw.
 *
 * <p>Touches the DNS through {@link org.milena.scanner.authentication.lookup.NameLookup}, and the
 * cryptography of the JDK.
 *
 * <p>Why our own: the libraries there are decide for themselves what {@code l=} and {@code
 * rsa-sha1} are worth, and read the header otherwise than the rest of Milena does.
 */
@NullMarked
package org.milena.scanner.authentication.dkim;

import org.jspecify.annotations.NullMarked;
