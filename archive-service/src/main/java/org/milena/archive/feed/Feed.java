package org.milena.archive.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a feed (RFC 4287 section 4.1.1; RFC 5005 section 3).
 *
 * @param id the same for all pages
 * @param language of what we say in it; a tag
 * @param updated when the newest of its entries came
 * @param page the web page that shows the same
 * @param self URL of this page of the feed
 * @param first URL of the first
 * @param next URL of the one with the posts before these; null on the last
 */
public record Feed(
    String id,
    String title,
    String subtitle,
    String language,
    Instant updated,
    String page,
    String self,
    String first,
    @Nullable String next,
    List<Entry> entries) {

  public Feed {
    entries = List.copyOf(entries);
  }

  /** The same before another page. */
  public Feed before(@Nullable String other) {
    return new Feed(id, title, subtitle, language, updated, page, self, first, other, entries);
  }

  /**
   * A post in a feed (RFC 4287 section 4.1.2).
   *
   * @param author never empty
   * @param email of the author; null where the reader does not see it
   * @param url of its page
   * @param text plain
   */
  public record Entry(
      String id,
      String title,
      String author,
      @Nullable String email,
      Instant date,
      String url,
      String text) {}
}
