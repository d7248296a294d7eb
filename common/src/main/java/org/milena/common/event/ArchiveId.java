package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.milena.common.mail.ListId;

/**
 * Names a post in the archive for good: computed from list id, Message-ID and the digest of the
 * message as its author sent it. So replay changes nothing, and nobody overwrites an old post by
 * using its Message-ID again.
 *
 * @param value 27 characters of the URL-safe Base64 alphabet (RFC 4648 section 5)
 */
public record ArchiveId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{27}");

  public ArchiveId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an archive id: " + value);
    }
  }

  /** For JSON and paths. */
  @JsonCreator
  public static ArchiveId of(String value) {
    return new ArchiveId(value);
  }

  /** Whether the text has the form of an archive id. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @param messageId without angle brackets; empty when the message has none
   * @param sha256 of the message as its author sent it, lower-case hex
   */
  public static ArchiveId compute(ListId list, String messageId, String sha256) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {list.value(), messageId, sha256}) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      byte[] hash = digest.digest();
      return new ArchiveId(
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(java.util.Arrays.copyOf(hash, 20)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
