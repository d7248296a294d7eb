/**
 * Any virus scanner that speaks ICAP (RFC 3507) as an engine.
 *
 * <p>Promises that a reply is clean only when the service said so of the whole message: {@code 204}
 * where it was allowed, or the message given back octet for octet, and either only after all of it
 * was sent. Whatever else comes, or nothing, is "not scanned". Where no connection is taken, or the
 * service does not say what it is, nobody was asked: that is an outage, never the mail's fault.
 *
 * <p>Promises, too, that another database is noticed within a minute, by the ISTag; without one the
 * service has no version, and nothing that it said is remembered.
 *
 * <p>Touches sockets.
 *
 * <p>Why: ICAP was made for web proxies. A service may answer before it has seen the end, pass over
 * what it deems too large, and report a find in any of a dozen fields; a client that takes {@code
 * 2xx} for clean passes all of that on.
 */
@NullMarked
package org.milena.scanner.icap;

import org.jspecify.annotations.NullMarked;
