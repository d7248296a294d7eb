package org.milena.common.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some items and where to go on.
 *
 * @param next pass it as {@code after} for the next page; null on the last one
 */
public record CursorPage<T>(List<T> items, @Nullable String next) {
  public CursorPage {
    items = List.copyOf(items);
  }
}
