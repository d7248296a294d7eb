package org.milena.archive.former;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What an address of another archive means. A list is named as it was there: by its address, its
 * List-Id, or the part before the {@code @}.
 */
public sealed interface FormerAddress {

  /** All lists. */
  record AllLists() implements FormerAddress {}

  /**
   * A list, or what was written in a month.
   *
   * @param month null for all
   * @param mbox whether as a file
   */
  record OfList(String list, @Nullable YearMonth month, boolean mbox) implements FormerAddress {}

  /** The feed of a list. */
  record FeedOf(String list) implements FormerAddress {}

  /**
   * A search.
   *
   * @param list null for all
   */
  record Search(@Nullable String list, String query, Form form) implements FormerAddress {}

  /**
   * A post by its Message-ID.
   *
   * @param list null where the address does not say
   */
  record ByMessageId(@Nullable String list, String messageId, Page page) implements FormerAddress {}

  /**
   * A post by a key.
   *
   * @param list null where the address does not say
   * @param otherwise what is shown where no post has it; null for nothing
   */
  record ByKey(@Nullable String list, String key, Page page, @Nullable FormerAddress otherwise)
      implements FormerAddress {}

  /** As what is given what a search finds. */
  enum Form {
    PAGE,
    FEED,
    MBOX
  }

  /** What of a post is shown. */
  enum Page {
    /** Its page. */
    POST,
    /** The octets. */
    RAW,
    /** Its thread, answers below what they answer. */
    THREAD,
    /** Its thread by date. */
    FLAT,
    /** Its thread as a file. */
    MBOX,
    /** Its thread as a feed. */
    FEED
  }
}
