package org.milena.common.operations;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something of which an operator wants to know how much waits: for a person, or for its next try.
 *
 * @param what in words, in the plural: {@code held posts}
 * @param forWhat what ends the waiting, as the rest of a sentence: {@code for a moderator}
 * @param count how much waits now; quick, from memory
 * @param page path of the page that shows it; null without one
 */
public record Waiting(String what, String forWhat, LongSupplier count, @Nullable String page) {

  /** Without a page of its own. */
  public Waiting(String what, String forWhat, LongSupplier count) {
    this(what, forWhat, count, null);
  }
}
