/**
 * What the scanner counts and times. The names stand in {@link
 * org.milena.scanner.metrics.ScannerMeters}.
 *
 * <p>Touches Micrometer.
 */
@NullMarked
package org.milena.scanner.metrics;

import org.jspecify.annotations.NullMarked;
