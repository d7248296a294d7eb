/**
 * Commands by e-mail: read tolerantly, carried out as commands from elsewhere are, answered under
 * the rules of RFC 3834.
 *
 * <p>Promises that nothing is done for a machine, and that a mail full of commands does little.
 *
 * <p>Touches {@code common}, membership and notices.
 */
@NullMarked
package org.milena.listexpander.command;

import org.jspecify.annotations.NullMarked;
