package org.milena.listexpander.preparation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.milena.common.mail.MessageId;

/** Mailman's name for a message: the SHA-1 of its id, in base32. Not for security. */
final class MessageIdHash {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** The 32 digits. */
  static String of(MessageId id) {
    byte[] sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1").digest(id.value().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
    StringBuilder text = new StringBuilder(32);
    long bits = 0;
    int count = 0;
    for (byte octet : sha1) {
      bits = bits << 8 | (octet & 0xFF);
      count += 8;
      while (count >= 5) {
        count -= 5;
        text.append(DIGITS.charAt((int) (bits >>> count) & 31));
      }
    }
    return text.toString();
  }

  private MessageIdHash() {}
}
