/**
 * Fetches texts over HTTPS.
 *
 * <p>Promises that a connection goes to an address that was looked at, never to what the name means
 * a moment later, while TLS still asks for the name.
 *
 * <p>Touches the HTTP client of Apache, since it takes the addresses of a name from us; the JDK's
 * does not.
 */
@NullMarked
package org.milena.listexpander.source.net;

import org.jspecify.annotations.NullMarked;
