/**
 * Runs of the whole system beside Postfix in the same minutes, so that their ratios mean something
 * on any machine.
 */
@NullMarked
package org.milena.benchmarks.site;

import org.jspecify.annotations.NullMarked;
