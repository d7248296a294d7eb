/**
 * What is done so that receivers take copies whose author's domain has a DMARC policy (RFC 9989,
 * RFC 7960): nothing where the author's signature lives, else what the list wants.
 *
 * <p>Promises that every decision says why, and that the author's name and address stay in the
 * copy.
 *
 * <p>Touches {@code common} and the rest of preparation. Asks no DNS: the scanner has.
 *
 * <p>Why only copies: archive and digests are not sent in anybody's name, and keep the author.
 */
@NullMarked
package org.milena.listexpander.preparation.dmarc;

import org.jspecify.annotations.NullMarked;
