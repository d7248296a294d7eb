package org.milena.archive.web.hyperkitty;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as Django REST framework makes it.
 *
 * @param count of all pages
 * @param next where the next one is; null on the last
 * @param previous where the one before is; null on the first
 */
record PagedJson<T>(
    long count, @Nullable String next, @Nullable String previous, List<T> results) {}
