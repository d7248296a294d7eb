/**
 * Mailman 3 over HTTP.
 *
 * <p>Promises to speak to the host that the operator named and to no other, to read only, and to
 * bound what it reads and how long it waits.
 *
 * <p>Touches the JDK's HTTP client.
 */
@NullMarked
package org.milena.listexpander.migration.mailman3.net;

import org.jspecify.annotations.NullMarked;
