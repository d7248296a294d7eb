package org.milena.listexpander.moderation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * How held posts are named: by list and mail, so that a replay gives the same name; those of a list
 * lie together, in the order in which they came.
 */
public final class HoldIds {
  private static final int LIST_BYTES = 6;

  /** The id of a mail that is held for a list. */
  public static String of(ListId list, MailId mail) {
    return prefix(list) + mail.toString().replace("-", "");
  }

  /** What the ids of mails begin with that came to a list in a millisecond since 1970. */
  static String prefix(ListId list, long millis) {
    return prefix(list) + String.format(Locale.ROOT, "%012x", millis);
  }

  /** What the ids of a list begin with, and hardly one of another list. */
  public static String prefix(ListId list) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(list.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, LIST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private HoldIds() {}
}
