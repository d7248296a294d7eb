/**
 * Which posts belong together, and who answers whom.
 *
 * <p>Promises: threads are the same whatever the order in which posts arrive; a parent that comes
 * late joins what was apart; no recursion, no cycle, whatever the References say. Touches nothing:
 * the index is asked through {@link org.milena.archive.thread.ThreadIndex}.
 *
 * <p>Why subjects count so little, unlike in JWZ: two people who both write "question" are no
 * thread. See {@link org.milena.archive.thread.SubjectLink}.
 */
@NullMarked
package org.milena.archive.thread;

import org.jspecify.annotations.NullMarked;
