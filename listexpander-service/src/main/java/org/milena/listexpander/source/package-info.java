/**
 * Members from the web: texts of addresses that a list's owners name by an {@code https} address.
 *
 * <p>Promises that nothing is fetched but over {@code https}, from a host that is public or that an
 * operator named, within bounds of size, time and number, and that a text which cannot be read says
 * why and changes nobody's membership. Fetching is outside of every sequence; what came of it is
 * taken in the list's own.
 *
 * <p>Touches {@code common}, the ledger, the reader of members' files in {@code membership}, {@code
 * notice}, and its ports.
 *
 * <p>Why: an address that an owner writes makes this host connect to it. Whatever lies behind must
 * be as harmless as a stranger's mail.
 */
@NullMarked
package org.milena.listexpander.source;

import org.jspecify.annotations.NullMarked;
