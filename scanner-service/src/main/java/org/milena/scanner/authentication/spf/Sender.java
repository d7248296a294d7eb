package org.milena.scanner.authentication.spf;

import java.net.InetAddress;
import java.time.Instant;

/**
 * Who wants to send, as macros show it (RFC 7208 section 7.2).
 *
 * @param localPart never empty
 * @param ourName of the host that checks
 */
record Sender(
    InetAddress client,
    String helo,
    String localPart,
    String domain,
    String ourName,
    Instant time) {}
