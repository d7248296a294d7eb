/**
 * SMTP on sockets: listeners, lines, messages, TLS, deadlines. One virtual thread for each
 * connection, blocking reads, no hop to another thread between a line and its reply.
 *
 * <p>Promises that a line ends at CR LF and nowhere else, and a message at CR LF . CR LF and
 * nowhere else, however the octets are cut into segments; that plaintext behind STARTTLS is never
 * read as a command; that no client holds a connection longer than its deadlines; and that a stop
 * lets messages under way finish.
 *
 * <p>Touches sockets and TLS; decides nothing about mail.
 *
 * <p>Why own code: the servers there are read commands out of chunks, accept mails that were cut
 * off, or end a message at {@code LF . CR LF}. See docs/services/smtp-ingress.md.
 */
@NullMarked
package org.milena.ingress.net;

import org.jspecify.annotations.NullMarked;
