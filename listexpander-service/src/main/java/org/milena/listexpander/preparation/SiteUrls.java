package org.milena.listexpander.preparation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.MailAddress;

/** The addresses of our pages, and {@code mailto:} addresses (RFC 6068), written for headers. */
public final class SiteUrls {
  private static final String UNRESERVED =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

  private final String base;

  /**
   * @param siteUrl where the site answers, for instance {@code https://lists.example.org}
   */
  public SiteUrls(String siteUrl) {
    this.base = siteUrl.endsWith("/") ? siteUrl.substring(0, siteUrl.length() - 1) : siteUrl;
  }

  /** Whether links to us are safe enough for one-click unsubscribe (RFC 8058 section 3.1). */
  public boolean secure() {
    return base.toLowerCase(Locale.ROOT).startsWith("https://");
  }

  /** What a list is, and the form to join. */
  public String list(MailAddress list) {
    return base + "/lists/" + escape(list.toString(), "@+");
  }

  /** Its archive. */
  public String archive(MailAddress list) {
    return base + "/archive/" + escape(list.toString(), "@+");
  }

  /** One post in it. */
  public String post(MailAddress list, ArchiveId id) {
    return archive(list) + "/message/" + id;
  }

  /**
   * The file of an attachment of a post.
   *
   * @param part its number there
   */
  public String attachment(MailAddress list, ArchiveId id, String part) {
    return post(list, id) + "/attachment/" + escape(part, "");
  }

  /** Its members and held posts, for owners and moderators. */
  public String manage(MailAddress list) {
    return base + "/manage/lists/" + escape(list.toString(), "@+");
  }

  /** What a recipient's token is put behind. */
  public String unsubscribePrefix() {
    return base + "/unsubscribe/";
  }

  /** Where a request is confirmed. */
  public String confirm(String token) {
    return base + "/confirm/" + escape(token, "");
  }

  /** All held posts, for those who moderate. */
  public String heldQueue() {
    return base + "/manage/held";
  }

  /** Where the moderator whose token this is decides about a held post. */
  public String moderate(String token) {
    return base + "/moderate/" + escape(token, "");
  }

  /** The URL to write to an address, without anything behind it. */
  public static String mailto(MailAddress address) {
    return "mailto:" + escape(address.toString(), "@+");
  }

  /** Everything but unreserved characters (RFC 3986 section 2.3) and those given is escaped. */
  private static String escape(String text, String alsoPlain) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return escaped.toString();
  }
}
