/**
 * The field that tells readers what the checks found: Authentication-Results (RFC 8601).
 *
 * <p>Promises that nothing a stranger wrote can end a value or begin a statement in our field, and
 * that no field of the same kind under our name survives beside it, however the name is written.
 *
 * <p>Touches the fields of the header only.
 *
 * <p>Why: whoever reads the mail later trusts this field by the name at its front and by nothing
 * else.
 */
@NullMarked
package org.milena.scanner.authentication.results;

import org.jspecify.annotations.NullMarked;
