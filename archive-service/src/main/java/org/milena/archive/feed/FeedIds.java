package org.milena.archive.feed;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;

/**
 * Ids of feeds and entries (RFC 4287 section 4.2.6), as tags (RFC 4151): they stay when the site or
 * the list gets another address, and no other site makes the same.
 */
public final class FeedIds {
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");

  /** Of the feed of a list. */
  public static String of(MailingList list) {
    return tag(list) + escaped(list.id().value());
  }

  /** Of the feed of a thread. */
  public static String ofThread(MailingList list, ArchiveId thread) {
    return of(list) + "/thread/" + thread;
  }

  /** Of a post. */
  public static String of(MailingList list, ArchiveId post) {
    return of(list) + "/" + post;
  }

  /** Whoever has the domain of a List-Id (RFC 2919 section 2) may name things by it. */
  private static String tag(MailingList list) {
    String id = list.id().value().toLowerCase(Locale.ROOT);
    String domain = id.substring(id.indexOf('.') + 1);
    String authority = DOMAIN.matcher(domain).matches() ? domain : "list.invalid";
    return "tag:" + authority + "," + LocalDate.ofInstant(list.createdAt(), ZoneOffset.UTC) + ":";
  }

  /** RFC 4151 section 2.1 takes what may stand in a path. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~@+".indexOf(c) >= 0);
      escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return escaped.toString();
  }

  private FeedIds() {}
}
