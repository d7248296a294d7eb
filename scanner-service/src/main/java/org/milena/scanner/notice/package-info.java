/**
 * What the scanner tells the sender of a relayed mail that it keeps back.
 *
 * <p>Promises that only a proven sender is told, once for a mail, from the empty reverse-path and
 * marked as automatic (RFC 3834), and that nothing of the mail goes back but its subject and its
 * Message-ID.
 *
 * <p>Touches records of {@code common.event} through a stage's transaction, and {@code routing},
 * which knows who a proven sender is.
 *
 * <p>Why: who takes a mail and does not deliver it must say so (RFC 5321 section 6.1); said to a
 * forged address, that would be an attack on its owner. Posts to lists are their moderators'
 * matter.
 */
@NullMarked
package org.milena.scanner.notice;

import org.jspecify.annotations.NullMarked;
