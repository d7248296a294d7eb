/**
 * The body of a post: what is taken out of it, and the list's texts around it.
 *
 * <p>Promises that parts which stay keep their octets, that nothing inside signed or encrypted
 * content is ever changed, that anything can be read without throwing, and that the work grows with
 * the size of the message and no faster.
 *
 * <p>Touches {@code common}, and mime4j to decode transfer encodings.
 *
 * <p>Why not a library that parses and prints: it writes anew what it was not asked to change.
 */
@NullMarked
package org.milena.listexpander.preparation.content;

import org.jspecify.annotations.NullMarked;
