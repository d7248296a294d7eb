/**
 * A post as the archive keeps it, and what keeps it.
 *
 * <p>Promises: a post is kept under its {@link org.milena.common.event.ArchiveId}, so keeping it
 * twice is keeping it once; its bytes come back as they were given. Touches nothing but its ports.
 */
@NullMarked
package org.milena.archive.post;

import org.jspecify.annotations.NullMarked;
