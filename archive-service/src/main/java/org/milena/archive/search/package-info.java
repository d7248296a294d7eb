/**
 * What one can ask the archive, and how.
 *
 * <p>The language of queries is read into a tree here; what answers is behind {@link
 * org.milena.archive.search.ArchiveIndex}. Promises: what can't be asked is refused with the place
 * and the reason, what may be pasted text is looked for as words; the lists a reader may see are
 * part of the request and never of the query's text.
 *
 * <p>Why a language of our own: that of the search engine can name fields, scripts and costs that
 * no stranger should. Prefixes are those of public-inbox, with the long names that web mail has.
 */
@NullMarked
package org.milena.archive.search;

import org.jspecify.annotations.NullMarked;
