/**
 * Measurements of the hot paths. Each says what one mail costs; results with their machine are in
 * {@code docs/benchmarks.md}. Nothing depends on this module.
 */
@NullMarked
package org.milena.benchmarks;

import org.jspecify.annotations.NullMarked;
