/**
 * ARC: what the hosts a mail came through say they saw of its authentication, and whether their
 * chain of seals is whole (RFC 8617).
 *
 * <p>Promises that a chain passes only when every seal and the newest signature over the message
 * verify, and that trouble with the DNS is no failure of the chain.
 *
 * <p>Touches {@code dkim}, whose canonical forms, keys and checks it uses.
 *
 * <p>Why: a list or a forwarder breaks the author's signature, and its seal tells that there was
 * one. What a seal is worth depends on who made it; that is for the receiver to say.
 */
@NullMarked
package org.milena.scanner.authentication.arc;

import org.jspecify.annotations.NullMarked;
