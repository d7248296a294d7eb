package org.milena.archive.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread is shown.
 *
 * @param path of its first page
 * @param posts on a page
 * @param from the first post of the page that is shown
 * @param since up to when the reader knows it
 */
record ThreadAddress(String path, int posts, int from, @Nullable Instant since) {

  /** A place in the thread: on the page that is shown by its anchor alone. */
  String of(int place, String anchor) {
    int page = place / posts * posts;
    return page == from ? "#" + anchor : page(page) + "#" + anchor;
  }

  /** The page that begins with this post. */
  String page(int first) {
    String query = first == 0 ? "" : "?from=" + first;
    return path + query + (since == null ? "" : (query.isEmpty() ? "?" : "&") + "since=" + since);
  }
}
