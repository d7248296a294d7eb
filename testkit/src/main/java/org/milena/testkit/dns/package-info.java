/**
 * A name server for tests: it answers from a zone that the test writes, over UDP and TCP, and
 * misbehaves where the zone says so.
 *
 * <p>Promises that every question is counted, that a name without a behaviour of its own is
 * answered as a healthy server would (aliases followed, SOA beside "there is none"), and that the
 * zone can change while it runs.
 *
 * <p>Touches sockets of loopback and dnsjava's wire form. It listens nowhere else.
 *
 * <p>Why: what a resolver does with silence, SERVFAIL and truncation is not to be had from a map.
 */
@NullMarked
package org.milena.testkit.dns;

import org.jspecify.annotations.NullMarked;
