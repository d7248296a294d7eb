/**
 * Whether a client's address and a name point at each other (RFC 8601 section 3).
 *
 * <p>Promises a bounded number of look-ups, and that the name it gives is a host name.
 *
 * <p>Touches the DNS through {@link org.milena.scanner.authentication.lookup.NameLookup}.
 */
@NullMarked
package org.milena.scanner.authentication.iprev;

import org.jspecify.annotations.NullMarked;
