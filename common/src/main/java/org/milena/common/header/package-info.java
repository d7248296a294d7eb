/**
 * Header fields of RFC 5322: a tolerant reader and an exact writer. Bytes stay bytes.
 *
 * <p>Promises of the reader: it takes anything, never throws, and its work grows with the size of
 * the input and no faster. Promises of the writer: what it was not asked to change comes out octet
 * for octet, so that an author's signature lives; what it adds is well formed, or refused.
 *
 * <p>Touches {@code java.base} and {@code org.milena.common.mail}. No input or output, no clock, no
 * logger.
 *
 * <p>Why: libraries that parse a message into objects and print it again change what they did not
 * mean to change, and with it break DKIM (RFC 6376 section 3.4).
 */
@NullMarked
package org.milena.common.header;

import org.jspecify.annotations.NullMarked;
