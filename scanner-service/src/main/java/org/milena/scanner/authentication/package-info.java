/**
 * Who really sent a mail: SPF, DKIM, DMARC, ARC and iprev, made into one report, and the field that
 * tells the report to whoever reads the mail.
 *
 * <p>Promises that trouble with the DNS is a temporary error and never a failure, that all checks
 * of a mail together take a bounded time, that none changes a message, and that what they say of a
 * mail never depends on fields the mail brought under our name.
 *
 * <p>Touches its own sub-rooms: {@code spf}, {@code dkim}, {@code arc}, {@code dmarc}, {@code
 * results}; the DNS through {@link org.milena.scanner.authentication.lookup.NameLookup}.
 *
 * <p>Why: "is a member" means nothing while anybody can write a member's address into From.
 */
@NullMarked
package org.milena.scanner.authentication;

import org.jspecify.annotations.NullMarked;
