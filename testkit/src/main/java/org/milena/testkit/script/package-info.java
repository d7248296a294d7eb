/**
 * SMTP dialogues as text: what the client says, what the server must answer.
 *
 * <pre>{@code
 * # a comment
 * S: 220 *
 * C: EHLO client.example
 * S+: PIPELINING
 * S-: AUTH
 * S: 250 *
 * C[3]: NOOP
 * S[3]: 250 2.0.0 *
 * C!: MAIL FROM:<a@b.example>\r\nQUIT\r\n
 * TLS
 * CLOSED
 * }</pre>
 *
 * <p>{@code C:} sends a line with its CRLF, {@code C!:} sends exactly the octets, with {@code \r \n
 * \t \\ \xHH} for what can't be typed, {@code C[n]:} sends a line so many times. {@code S:} takes
 * one whole reply and compares its last line ({@code *} stands for anything); {@code S+:} and
 * {@code S-:} before it say what the lines of that reply must and must not begin with, after code
 * and separator. {@code TLS} shakes hands, {@code CLOSED} expects the end. {@code {base64:…}}
 * encodes, with the same escapes; {@code ${name}} is a variable.
 *
 * <p>Promises that every reply in every dialogue is checked against RFC 2034 and the length of a
 * reply line, whatever the script expects of it.
 *
 * <p>Touches sockets and TLS through {@link org.milena.testkit.script.SocketPeer} only; any other
 * {@link org.milena.testkit.script.Peer} will do.
 */
@NullMarked
package org.milena.testkit.script;

import org.jspecify.annotations.NullMarked;
