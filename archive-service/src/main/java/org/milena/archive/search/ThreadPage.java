package org.milena.archive.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some threads of a list, the one with the latest post first.
 *
 * @param next how many threads come before the next page; null on the last one
 */
public record ThreadPage(List<ThreadSummary> threads, @Nullable Integer next) {
  public ThreadPage {
    threads = List.copyOf(threads);
  }
}
