/**
 * Changes what stands in a message and leaves its structure alone.
 *
 * <p>Promises: what is not changed stays octet for octet; a change is told by its place. Knows
 * nothing of why something is changed.
 */
@NullMarked
package org.milena.archive.rewriting;

import org.jspecify.annotations.NullMarked;
