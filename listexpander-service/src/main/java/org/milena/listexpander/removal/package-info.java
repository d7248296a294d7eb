/**
 * Takes posts out of the archive, and what stands in posts.
 *
 * <p>Promises: what is removed is gone from the log, and so from everything that is built of it;
 * the reason stays, and nothing that is written later brings the post back.
 *
 * <p>Why here and not in the archive: {@code mail.posts} has one writer for each list, its owner,
 * and the sequence of the list is its log of changes.
 */
@NullMarked
package org.milena.listexpander.removal;

import org.jspecify.annotations.NullMarked;
