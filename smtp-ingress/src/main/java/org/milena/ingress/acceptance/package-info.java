/**
 * Takes a message over: keeps it while it arrives, adds the Received field, publishes it, and says
 * "taken" only when the broker has it for good.
 *
 * <p>Promises that what is published is what came, octet for octet, with one field above it; that a
 * mail is taken whole or not at all; and that messages never take more memory than their budget,
 * because what is larger than 64 KiB waits in a file.
 *
 * <p>Touches the {@code Publisher} and a folder for files.
 *
 * <p>Why: {@code 250} is a promise (RFC 5321 section 6.1), and the only place that makes it is
 * here.
 */
@NullMarked
package org.milena.ingress.acceptance;

import org.jspecify.annotations.NullMarked;
