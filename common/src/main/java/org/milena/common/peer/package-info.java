/**
 * Hosts that others can make us connect to.
 *
 * <p>Promises to name no address public that is not, however it is wrapped.
 *
 * <p>Touches {@code java.net} addresses, never a name or a socket.
 *
 * <p>Why: who sends mail names hosts that relay-egress connects to, and who owns a list those that
 * its members come from; both must judge them alike.
 */
@NullMarked
package org.milena.common.peer;

import org.jspecify.annotations.NullMarked;
