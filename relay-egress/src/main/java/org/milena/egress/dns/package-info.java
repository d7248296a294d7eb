/**
 * Finds mail hosts (RFC 5321 section 5.1, RFC 7505).
 *
 * <p>Promises that in mx mode no address of a private network, of this machine or of its link is
 * ever given out, unless the operator allows it: a stranger's DNS must not point our mail at our
 * own servers.
 *
 * <p>Touches dnsjava, and nothing else that resolves names.
 */
@NullMarked
package org.milena.egress.dns;

import org.jspecify.annotations.NullMarked;
