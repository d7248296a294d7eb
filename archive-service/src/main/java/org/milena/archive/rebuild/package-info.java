/**
 * Builds the index anew from the log, beside the one that readers see, and puts it in its place.
 *
 * <p>Promises: readers see the old one until the new one has everything, and every post that comes
 * meanwhile is in both; what breaks off is done again from the beginning, and nobody has seen it;
 * afterwards the same posts make the same index, which {@link
 * org.milena.archive.rebuild.ArchiveDigest} shows.
 */
@NullMarked
package org.milena.archive.rebuild;

import org.jspecify.annotations.NullMarked;
