/** Figures of several rounds, and how they are shown. Knows nothing of mail. */
@NullMarked
package org.milena.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
