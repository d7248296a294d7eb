/**
 * Posts of other archives on their way into one of ours.
 *
 * <p>Promises: no mail is sent; what is there already is not written again, so an import that was
 * broken off is simply begun again; nobody's post is replaced by what somebody imports; memory
 * holds a few batches, however much is imported. What is odd about a message is said and never
 * stops the others.
 *
 * <p>Touches {@code common} and the ports here. Why the posts go over the log and not into the
 * index: the log is the archive, the index is a view of it (decision 0026).
 */
@NullMarked
package org.milena.archive.importing;

import org.jspecify.annotations.NullMarked;
