/**
 * What SMTP hosts say to each other about success and failure (RFC 5321 section 4.2, RFC 3463).
 *
 * <p>Promises that a reply which exists can be written: its lines hold no line break or control
 * character, are short enough, and the class of the enhanced code agrees with the code.
 *
 * <p>Touches {@code java.base} only. Knows nothing of the situations that lead to a reply; each
 * module has its own table of those.
 */
@NullMarked
package org.milena.common.status;

import org.jspecify.annotations.NullMarked;
