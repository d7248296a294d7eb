/**
 * How much of what a client may ask of us: sizes, counts, times, connections, memory.
 *
 * <p>Promises that a limit which is announced is the limit that is kept, to the octet, and that
 * what a session holds is bounded whatever the client does.
 *
 * <p>Touches {@code java.base} only; it is told the time, and never waits.
 *
 * <p>Why: every number here is one that an operator looks for, so they stand together.
 */
@NullMarked
package org.milena.ingress.policy;

import org.jspecify.annotations.NullMarked;
