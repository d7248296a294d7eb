/**
 * Engines behind guards: how many scans at once, how long one may take, and when an engine is left
 * alone because it is out.
 *
 * <p>Promises that a guard never makes up a verdict: it says "not scanned" or "out".
 *
 * <p>Touches Resilience4j; threads come from outside.
 *
 * <p>Why: an engine that hangs must not take all threads with it, and one that comes back must not
 * be met by everything that waited.
 */
@NullMarked
package org.milena.scanner.resilience;

import org.jspecify.annotations.NullMarked;
