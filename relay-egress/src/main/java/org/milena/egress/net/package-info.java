/**
 * Connections to hosts, and the work at each site: queues, workers on virtual threads, connections
 * that are used again, and how many there are at a time.
 *
 * <p>Promises that every recipient taken over is reported once, that one site never takes another's
 * turn, and that nothing waits on a wire without a limit.
 *
 * <p>Touches sockets and TLS. What is said over a connection is decided in {@code session}.
 */
@NullMarked
package org.milena.egress.net;

import org.jspecify.annotations.NullMarked;
