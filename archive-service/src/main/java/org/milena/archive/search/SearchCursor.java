package org.milena.archive.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.milena.common.event.ArchiveId;

/**
 * Where a page of results ended. Opaque to readers, and nothing worth forging: what may be seen is
 * decided again for every page.
 *
 * @param score of the last post; 0 when sorted by date
 * @param date of the last post, milliseconds since 1970
 */
public record SearchCursor(SearchRequest.Sort sort, double score, long date, ArchiveId id) {

  /** For a URL. */
  public String encode() {
    String text =
        (sort == SearchRequest.Sort.DATE ? "d" : "r") + " " + score + " " + date + " " + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What {@link #encode()} made; empty for anything else. */
  public static Optional<SearchCursor> decode(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
      if (parts.length != 4 || !parts[0].matches("[dr]") || !ArchiveId.isOne(parts[3])) {
        return Optional.empty();
      }
      double score = Double.parseDouble(parts[1]);
      if (!Double.isFinite(score)) {
        return Optional.empty();
      }
      return Optional.of(
          new SearchCursor(
              parts[0].equals("d") ? SearchRequest.Sort.DATE : SearchRequest.Sort.RELEVANCE,
              score,
              Long.parseLong(parts[2]),
              new ArchiveId(parts[3])));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
