package org.milena.archive.identity;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;

/**
 * The {@code Message-ID-Hash} of Mailman 3: Base32 (RFC 4648 section 6) of the SHA-1 of a
 * Message-ID without its angle brackets.
 *
 * <p>Mailman hashes the id as the field has it; HyperKitty, whose links these are, takes white
 * space out and cuts ids of 255 characters and more to 254 before. Both count.
 */
final class MailmanHash {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LONGEST = 254;

  /** Of an id without angle brackets. */
  static String of(String id) {
    return base32(Digests.digest("SHA-1", id.getBytes(StandardCharsets.UTF_8)), ALPHABET);
  }

  /** Of the form that HyperKitty makes of an id without angle brackets. */
  static String ofHyperKitty(String id) {
    String cut = cut(id);
    return of(cut.isEmpty() ? id : cut);
  }

  /** The forms of a mail's id that are hashed, each once. */
  static Set<String> ids(HeaderBlock header, String messageId) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(messageId);
    header.first("Message-ID").map(HeaderField::value).ifPresent(value -> add(ids, value));
    cut(ids, messageId);
    return ids;
  }

  private static void add(Set<String> ids, String value) {
    boolean framed = value.length() > 2 && value.startsWith("<") && value.endsWith(">");
    String id = framed ? value.substring(1, value.length() - 1) : value;
    if (!id.isBlank()) {
      ids.add(id.strip());
      cut(ids, id);
    }
  }

  private static void cut(Set<String> ids, String id) {
    String cut = cut(id);
    if (!cut.isEmpty()) {
      ids.add(cut);
    }
  }

  private static String cut(String id) {
    String joined = id.replaceAll("\\s", "");
    boolean framed = joined.length() > 2 && joined.startsWith("<") && joined.endsWith(">");
    String bare = framed ? joined.substring(1, joined.length() - 1) : joined;
    int end = bare.offsetByCodePoints(0, Math.min(LONGEST, bare.codePointCount(0, bare.length())));
    return bare.substring(0, end);
  }

  /** Five bits a character; the octets are a multiple of five, so there is no padding. */
  static String base32(byte[] bytes, String alphabet) {
    StringBuilder text = new StringBuilder(bytes.length * 8 / 5);
    int bits = 0;
    int have = 0;
    for (byte b : bytes) {
      bits = (bits << 8 | (b & 0xFF)) & 0xFFFF;
      have += 8;
      while (have >= 5) {
        have -= 5;
        text.append(alphabet.charAt(bits >> have & 31));
      }
    }
    return text.toString();
  }

  private MailmanHash() {}
}
