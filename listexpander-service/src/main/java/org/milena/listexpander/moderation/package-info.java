/**
 * Held posts: kept with every reason until somebody decides.
 *
 * <p>Promises that a held post is decided once, and is posted as it came.
 *
 * <p>Touches {@code common}, the ledger, notices and publication.
 */
@NullMarked
package org.milena.listexpander.moderation;

import org.jspecify.annotations.NullMarked;
