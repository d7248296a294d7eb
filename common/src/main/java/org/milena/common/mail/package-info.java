/**
 * The words of mail: envelope, paths, addresses, ids, and the message as bytes.
 *
 * <p>Promises that a value which exists is well formed: constructors check, {@code parse} answers
 * with a result for what came from outside, {@code of} throws for what we wrote ourselves. No value
 * holds CR, LF or NUL, so none of them can break out of an SMTP command or a header field. A failed
 * parse never becomes a default; the empty sender is a case of its own.
 *
 * <p>Touches {@code java.base}, and ICU for names of domains outside ASCII. No clock, no input or
 * output, no logger.
 *
 * <p>Why: a bad address that became {@code <>} can no longer bounce, and a path with a line break
 * in it is a command of the attacker's choice (CVE-2025-7962).
 */
@NullMarked
package org.milena.common.mail;

import org.jspecify.annotations.NullMarked;
