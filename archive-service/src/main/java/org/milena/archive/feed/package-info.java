/**
 * The archive as programs follow it: Atom feeds, and sitemaps for searching machines.
 *
 * <p>Promises: what is written is well-formed XML 1.0, whatever a mail holds; the id of an entry is
 * the same for good, wherever the site is.
 */
@NullMarked
package org.milena.archive.feed;

import org.jspecify.annotations.NullMarked;
