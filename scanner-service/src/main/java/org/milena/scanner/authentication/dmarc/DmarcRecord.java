package org.milena.scanner.authentication.dmarc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;

/**
 * A DMARC policy record (RFC 9989 section 4.7). Unknown tags are ignored, and so are {@code pct},
 * {@code rf} and {@code ri} of RFC 7489, which are no more; of a tag that stands there twice the
 * first counts.
 *
 * @param requests what the domain asks for; empty when its policy tags cannot be read and nobody
 *     asks for reports (RFC 9989 section 4.10.1)
 * @param strictDkim {@code adkim=s}
 * @param strictSpf {@code aspf=s}
 * @param suffix {@code psd}
 * @param testing {@code t=y}
 */
record DmarcRecord(
    Optional<Requests> requests,
    boolean strictDkim,
    boolean strictSpf,
    Suffix suffix,
    boolean testing) {

  /** Whether the domain is one below which others register: {@code psd}. */
  enum Suffix {
    YES,
    NO,
    UNKNOWN
  }

  /**
   * Requested policies, before {@code t} is looked at.
   *
   * @param own {@code p}
   * @param existing {@code sp}, or what stands for it
   * @param missing {@code np}, or what stands for it
   */
  record Requests(Policy own, Policy existing, Policy missing) {}

  /** A policy as it is to be applied: one level lower while testing (RFC 9989 section 4.7). */
  Policy applied(Policy requested) {
    if (!testing) {
      return requested;
    }
    return switch (requested) {
      case REJECT -> Policy.QUARANTINE;
      case QUARANTINE, NONE -> Policy.NONE;
    };
  }

  /** Reads a TXT record; empty when it is none of DMARC. */
  static Optional<DmarcRecord> parse(String text) {
    String[] pieces = text.split(";", -1);
    if (text.isEmpty() || !isVersion(pieces[0])) {
      return Optional.empty();
    }
    Map<String, String> tags = new HashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      int equals = pieces[i].indexOf('=');
      if (equals > 0) {
        String name = strip(pieces[i].substring(0, equals)).toLowerCase(Locale.ROOT);
        String value = strip(pieces[i].substring(equals + 1));
        if (isName(name) && isValue(value)) {
          tags.putIfAbsent(name, value);
        }
      }
    }
    return Optional.of(
        new DmarcRecord(
            requests(tags),
            "s".equalsIgnoreCase(tags.get("adkim")),
            "s".equalsIgnoreCase(tags.get("aspf")),
            suffix(tags.getOrDefault("psd", "u")),
            "y".equalsIgnoreCase(tags.get("t"))));
  }

  /** {@code v} in any case, {@code DMARC1} in this one, and nothing before (section 4.8). */
  private static boolean isVersion(String piece) {
    int equals = piece.indexOf('=');
    return equals > 0
        && (piece.charAt(0) == 'v' || piece.charAt(0) == 'V')
        && strip(piece.substring(1, equals)).isEmpty()
        && strip(piece.substring(equals + 1)).equals("DMARC1");
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private static boolean isValue(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static Suffix suffix(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "y" -> Suffix.YES;
      case "n" -> Suffix.NO;
      default -> Suffix.UNKNOWN;
    };
  }

  /** RFC 9989 section 4.10.1: a policy that cannot be read is none, if reports are wanted. */
  private static Optional<Requests> requests(Map<String, String> tags) {
    Optional<Policy> own = policy(tags.get("p"));
    Optional<Policy> existing = tags.containsKey("sp") ? policy(tags.get("sp")) : own;
    Optional<Policy> missing = tags.containsKey("np") ? policy(tags.get("np")) : existing;
    if (own.isPresent() && existing.isPresent() && missing.isPresent()) {
      return Optional.of(new Requests(own.get(), existing.get(), missing.get()));
    }
    return wantsReports(tags.getOrDefault("rua", ""))
        ? Optional.of(new Requests(Policy.NONE, Policy.NONE, Policy.NONE))
        : Optional.empty();
  }

  private static Optional<Policy> policy(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(Policy.NONE);
      case "quarantine" -> Optional.of(Policy.QUARANTINE);
      case "reject" -> Optional.of(Policy.REJECT);
      default -> Optional.empty();
    };
  }

  private static boolean wantsReports(String list) {
    for (String address : list.split(",", -1)) {
      if (isUri(strip(address))) {
        return true;
      }
    }
    return false;
  }

  /** A URI, maybe with a size behind an exclamation mark, as RFC 7489 had it. */
  private static boolean isUri(String text) {
    int size = text.indexOf('!');
    try {
      URI uri = new URI(size < 0 ? text : text.substring(0, size));
      return uri.isAbsolute()
          && (!"mailto".equalsIgnoreCase(uri.getScheme())
              || uri.getSchemeSpecificPart().indexOf('@') > 0);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
