package org.milena.archive.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.archive.feed.SitemapSpans;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;

/**
 * Where things are. A post is at {@code /archive/{list}/{Message-ID}/}, written as public-inbox
 * writes it, so that whoever knows a mail knows its address. Where a Message-ID cannot stand in a
 * path (it has no {@code @}, so that it might be one of our own words, or is very long), and where
 * posts share one, the archive id serves: {@code /archive/{list}/message/{id}/}.
 */
public final class Links {
  /** The searches of whoever asks. */
  public static final String SAVED = "/archive/searches";

  private static final String PLAIN = "-._~!$&'()*+,=:@";

  /** RFC 3986 section 3.4, without what separates parameters or stands for a space. */
  private static final String PLAIN_VALUE = "-._~!$'()*,;:@/?";

  /** Octets of a written Message-ID; servers and proxies take 8000 of a whole request line. */
  private static final int LONGEST = 1500;

  /**
   * Octets of the address of what is found that a browser is sent to: beside other fields, 8 KiB of
   * a whole answer are what the server writes. Leaves room for a list that is renamed.
   */
  public static final int LONGEST_FOUND = 5000;

  /** The page of a list. */
  public static String list(MailingList list) {
    return "/archive/" + segment(list.address().toString());
  }

  /** The page of a month, by UTC. */
  public static String month(MailingList list, YearMonth month) {
    return list(list) + "/" + month;
  }

  /** The page of a post, and what the addresses of its other pages begin with. */
  public static String post(MailingList list, ArchivedPost post) {
    String written = segment(post.messageId());
    boolean fits = post.messageId().indexOf('@') >= 0 && written.length() <= LONGEST;
    return fits ? list(list) + "/" + written + "/" : byId(list, post.id());
  }

  /** The same by its archive id: it stays, and leads to the other. */
  static String byId(MailingList list, ArchiveId id) {
    return list(list) + "/message/" + id + "/";
  }

  /** The thread that this post is in. */
  public static String thread(MailingList list, ArchivedPost post) {
    return post(list, post) + "thread/";
  }

  /** The thread that the post with this id is in: it stays, and leads to the other. */
  static String threadById(MailingList list, ArchiveId thread) {
    return list(list) + "/thread/" + thread;
  }

  /** Of a post on the page of its thread. */
  static String anchor(ArchiveId id) {
    return "m-" + id;
  }

  static String raw(MailingList list, ArchiveId id) {
    return byId(list, id) + "raw";
  }

  static String html(MailingList list, ArchiveId id) {
    return byId(list, id) + "html";
  }

  /** The page on which its owners take a post out. */
  public static String remove(MailingList list, ArchiveId id) {
    return byId(list, id) + "remove";
  }

  /** What is like a post. */
  public static String similar(MailingList list, ArchiveId id) {
    return "/archive/search?like=" + id + "&list=" + value(list.address().toString());
  }

  static String attachment(MailingList list, ArchiveId id, String part) {
    return byId(list, id) + "attachment/" + segment(part);
  }

  /** A feed of the newest posts of a list; of one of its threads, if one is given. */
  public static String atom(MailingList list, @Nullable ArchiveId thread) {
    String path = list(list) + "/atom";
    return thread == null ? path : path + "?thread=" + thread;
  }

  /**
   * What a query finds.
   *
   * @param kind {@code atom} for a feed, {@code mbox} or {@code mbox.gz} for a file, empty for the
   *     page
   * @param list only there; null for everywhere
   */
  public static String found(String kind, String query, @Nullable MailingList list) {
    String path = "/archive/search" + (kind.isEmpty() ? "" : "/" + kind) + "?q=" + parameter(query);
    return list == null ? path : path + "&list=" + parameter(list.address().toString());
  }

  /**
   * The page of what a query finds, as the form of that page asks for it.
   *
   * @param list address of the only list; empty for all
   * @param sort as {@code sort} has it; empty for what is usual
   * @param after a place to go on from; null for the first page
   */
  public static String search(
      String query, String list, String sort, boolean threads, @Nullable String after) {
    return "/archive/search?q="
        + value(query)
        + (list.isEmpty() ? "" : "&list=" + value(list))
        + (sort.isEmpty() ? "" : "&sort=" + value(sort))
        + (threads ? "&threads=true" : "")
        + (after == null ? "" : "&after=" + value(after));
  }

  /** Runs a saved search: it stays, and leads to what the search finds. */
  public static String saved(String id) {
    return SAVED + "/" + segment(id);
  }

  /** The value of a parameter in a query string. */
  public static String parameter(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The sitemap of a list, or of a span of it. */
  public static String sitemap(MailingList list, SitemapSpans.@Nullable Span span) {
    String path = list(list) + "/sitemap.xml";
    if (span == null) {
      return path;
    }
    String months = path + "?from=" + span.first() + "&until=" + span.last();
    return span.part() == 1 ? months : months + "&part=" + span.part();
  }

  static String mbox(MailingList list, @Nullable YearMonth month, @Nullable ArchiveId thread) {
    String path = list(list) + "/mbox";
    if (thread != null) {
      return path + "?thread=" + thread;
    }
    return month == null ? path : path + "?month=" + month;
  }

  static String api(MailingList list) {
    return "/api/v1/archive/" + segment(list.address().toString());
  }

  /** One segment of a path: as public-inbox does, and {@code ;} too, which servers cut off. */
  static String segment(String text) {
    return written(text, PLAIN);
  }

  /** The value of a parameter, as it is in an address for people to read. */
  private static String value(String text) {
    return written(text, PLAIN_VALUE);
  }

  private static String written(String text, String signs) {
    StringBuilder path = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || signs.indexOf(c) >= 0);
      if (plain) {
        path.append(c);
      } else {
        path.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return path.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  private Links() {}
}
