/**
 * HTML of strangers as text, for whoever reads mails without a browser: the archive's search and
 * pages, the digests, the content filter and the reader of bounces. Touches jsoup.
 */
@NullMarked
package org.milena.common.html;

import org.jspecify.annotations.NullMarked;
