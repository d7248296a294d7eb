/**
 * Whether a domain lets a host send mail in its name (RFC 7208).
 *
 * <p>Promises that a check ends after a bounded number of look-ups whatever a zone holds, that no
 * text of a zone makes it throw, and that trouble with the DNS is {@code temperror}.
 *
 * <p>Touches the DNS through {@link org.milena.scanner.authentication.lookup.NameLookup}. Records
 * of type 99 are not asked for (RFC 7208 section 3.1).
 */
@NullMarked
package org.milena.scanner.authentication.spf;

import org.jspecify.annotations.NullMarked;
