package org.milena.archive.rendering;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture that browsers may show: PNG, JPEG, GIF or WebP by its octets, whatever it claims to be,
 * and no larger than a page can bear. Never SVG, which is a document.
 *
 * @param url a {@code data:} URL (RFC 2397), written anew here
 * @param octets of the picture
 * @param pixels width times height, as its head says: browsers take four octets for each
 */
record Picture(String url, int octets, long pixels) {

  /** Octets. */
  static final int MAX_OCTETS = 1 << 20;

  /** What a good camera makes; a file of a few octets can claim four thousand million. */
  static final long MAX_PIXELS = 25_000_000;

  private static final Pattern DATA_HEAD =
      Pattern.compile(
          "data:image/[a-z0-9.+-]{1,40}(?:;[^,;]{1,100}){0,5};base64", Pattern.CASE_INSENSITIVE);

  /** The picture that these octets are; empty where they are none, or too large a one. */
  static Optional<Picture> of(byte[] octets) {
    if (octets.length > MAX_OCTETS) {
      return Optional.empty();
    }
    return PictureHead.of(octets)
        .filter(head -> head.pixels() > 0 && head.pixels() <= MAX_PIXELS)
        .map(head ->
            new Picture(
                "data:" + head.type() + ";base64," + Base64.getEncoder().encodeToString(octets),
                octets.length,
                head.pixels()));
  }

  /** Whether HTML brings a picture inside itself. */
  static boolean isData(String source) {
    return source.regionMatches(true, 0, "data:", 0, 5);
  }

  /** The picture inside such an address, by its octets too; empty where there is none. */
  static Optional<Picture> ofData(String source) {
    int comma = source.indexOf(',');
    if (comma < 0 || !DATA_HEAD.matcher(source.substring(0, comma)).matches()) {
      return Optional.empty();
    }
    String base64 = Escapes.resolved(source.substring(comma + 1)).replaceAll("\\s+", "");
    try {
      return of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
