/**
 * Whether the domain of the author stands behind a mail: DMARC (RFC 9989).
 *
 * <p>Promises that trouble with the DNS never makes a failure or a pass, that a message costs at
 * most eight questions for each domain in it, and that whose domain belongs to whom is found in the
 * DNS alone: there is no list of public suffixes to grow old.
 *
 * <p>Touches what SPF and DKIM found, and the DNS through {@link
 * org.milena.scanner.authentication.lookup.NameLookup}.
 *
 * <p>Why: SPF and DKIM prove domains no reader sees; DMARC ties them to the one in From.
 */
@NullMarked
package org.milena.scanner.authentication.dmarc;

import org.jspecify.annotations.NullMarked;
