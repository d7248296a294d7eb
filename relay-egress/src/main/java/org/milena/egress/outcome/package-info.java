/**
 * What happened to a recipient in an attempt, and what follows from it.
 *
 * <p>Promises that everything that can happen has exactly one answer: relayed, again, or failed.
 * The one classifying function is an exhaustive switch with a table test.
 *
 * <p>Touches {@code common.status} only. It does not know when to try again: that is {@code retry}.
 *
 * <p>Why: protocol code reports, it does not decide about giving up.
 */
@NullMarked
package org.milena.egress.outcome;

import org.jspecify.annotations.NullMarked;
