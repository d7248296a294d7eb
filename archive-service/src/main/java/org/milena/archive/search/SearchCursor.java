package org.milena.archive.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;

/**
 * Where a page of results ended. Opaque to readers, and nothing worth forging: which lists may be
 * seen is decided again for every page.
 *
 * @param search of which search it is: {@link #search}
 * @param asOf when the first page was asked for, whole seconds
 * @param score of the last post; 0 when sorted by date
 * @param date of the last post, milliseconds since 1970
 * @param passed how many posts the pages before showed
 * @param snapshot name of the state of the archive that the first page showed; null where the place
 *     alone is enough
 */
public record SearchCursor(
    String search,
    Instant asOf,
    double score,
    long date,
    ArchiveId id,
    int passed,
    @Nullable String snapshot) {

  private static final int LONGEST = 4000;

  /** Names a search, so that a cursor of another one is noticed. */
  public static String search(String query, String list, SearchRequest.Sort sort, boolean threads) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (sort + " " + threads + " " + list + " " + query)
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** For a URL. */
  public String encode() {
    String text =
        String.join(
            " ",
            search,
            String.valueOf(asOf.getEpochSecond()),
            String.valueOf(score),
            String.valueOf(date),
            id.value(),
            String.valueOf(passed),
            snapshot == null ? "" : snapshot);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What {@link #encode()} made; empty for anything else. */
  public static Optional<SearchCursor> decode(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
      if (parts.length != 7
          || !parts[0].matches("[0-9a-f]{16}")
          || !parts[1].matches("[0-9]{1,10}")
          || !ArchiveId.isOne(parts[4])
          || !parts[5].matches("[0-9]{1,6}")
          || !parts[6].matches("[A-Za-z0-9+/=_-]*")) {
        return Optional.empty();
      }
      double score = Double.parseDouble(parts[2]);
      if (!Double.isFinite(score)) {
        return Optional.empty();
      }
      return Optional.of(
          new SearchCursor(
              parts[0],
              Instant.ofEpochSecond(Long.parseLong(parts[1])),
              score,
              Long.parseLong(parts[3]),
              new ArchiveId(parts[4]),
              Integer.parseInt(parts[5]),
              parts[6].isEmpty() ? null : parts[6]));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
