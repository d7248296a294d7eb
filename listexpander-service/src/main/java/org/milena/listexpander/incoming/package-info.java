/**
 * A mail for a list, read once: what its header says, as far as decisions need it.
 *
 * <p>Promises to read anything without throwing, and never to change an octet of the message.
 *
 * <p>Touches {@code common}, and mime4j for the first text of a mail.
 *
 * <p>Why: rules, commands and answers ask the same questions of a header; they must get the same
 * answers.
 */
@NullMarked
package org.milena.listexpander.incoming;

import org.jspecify.annotations.NullMarked;
