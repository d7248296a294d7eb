package org.milena.archive.former;

import java.time.DateTimeException;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.former.FormerAddress.AllLists;
import org.milena.archive.former.FormerAddress.ByKey;
import org.milena.archive.former.FormerAddress.ByMessageId;
import org.milena.archive.former.FormerAddress.FeedOf;
import org.milena.archive.former.FormerAddress.Form;
import org.milena.archive.former.FormerAddress.OfList;
import org.milena.archive.former.FormerAddress.Page;
import org.milena.archive.former.FormerAddress.Search;

/** Reads addresses of other archives. */
public final class FormerAddresses {
  private static final Pattern HASH = Pattern.compile("[A-Z2-7]{32}");
  private static final Pattern PIPERMAIL_MONTH =
      Pattern.compile("(\\d{4})-([A-Z][a-z]+)(?:\\.txt(?:\\.gz)?)?");
  private static final Pattern NUMBERED = Pattern.compile("(?:\\d{1,8}|msg\\d{1,8})\\.html");
  private static final Pattern LEGACY = Pattern.compile("(.+?)(?:\\.html)?");
  private static final Pattern PONY_MONTH = Pattern.compile("(\\d{4})-(\\d{1,2})");

  /**
   * What an address means; empty for one that no archive we know had.
   *
   * @param path its segments, decoded; an empty last one for a slash at the end
   * @param query its parameters
   * @param bare what stands behind the {@code ?}, decoded; empty for nothing
   */
  public static Optional<FormerAddress> read(
      List<String> path, Map<String, String> query, String bare) {
    List<String> segments = path.stream().filter(segment -> !segment.isEmpty()).toList();
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    List<String> rest = segments.subList(1, segments.size());
    return Optional.ofNullable(
        switch (segments.getFirst()) {
          case "archives", "hyperkitty" -> hyperkitty(rest, query);
          case "mailman3" ->
              !rest.isEmpty() && rest.getFirst().equals("hyperkitty")
                  ? hyperkitty(rest.subList(1, rest.size()), query)
                  : null;
          case "pipermail" -> pipermail(rest, segments);
          case "arc" -> mhonarc(rest, segments);
          case "thread.html", "thread" -> pony(rest);
          case "list.html" -> ponyList(bare);
          default -> publicInbox(segments.getFirst(), rest, query);
        });
  }

  /** {@code /archives/list/dev@example.org/…}. */
  private static @Nullable FormerAddress hyperkitty(List<String> path, Map<String, String> query) {
    if (path.isEmpty() || (path.size() == 1 && path.getFirst().equals("lists"))) {
      return new AllLists();
    }
    if (path.getFirst().equals("search")) {
      return new Search(named(query, "mlist"), query.getOrDefault("q", ""), Form.PAGE);
    }
    if (!path.getFirst().equals("list") || path.size() < 2) {
      return null;
    }
    String list = path.get(1);
    List<String> rest = path.subList(2, path.size());
    if (rest.isEmpty()) {
      return new OfList(list, null, false);
    }
    return switch (rest.getFirst()) {
      case "latest" -> new OfList(list, null, false);
      case "feed" -> new FeedOf(list);
      case "message" -> hashed(list, rest, Page.POST);
      case "thread" -> hashed(list, rest, Page.THREAD);
      case "export" -> export(list, query);
      default -> {
        YearMonth month = rest.size() > 1 ? month(rest.getFirst(), rest.get(1)) : null;
        yield month == null ? null : new OfList(list, month, false);
      }
    };
  }

  private static @Nullable FormerAddress hashed(String list, List<String> rest, Page page) {
    if (rest.size() < 2) {
      return null;
    }
    String hash = rest.get(1).toUpperCase(Locale.ROOT);
    return HASH.matcher(hash).matches() ? new ByKey(list, "hk:" + hash, page, null) : null;
  }

  private static FormerAddress export(String list, Map<String, String> query) {
    String thread = query.getOrDefault("thread", "").toUpperCase(Locale.ROOT);
    String message = query.getOrDefault("message", "").toUpperCase(Locale.ROOT);
    if (HASH.matcher(message).matches()) {
      return new ByKey(list, "hk:" + message, Page.RAW, null);
    }
    if (HASH.matcher(thread).matches()) {
      return new ByKey(list, "hk:" + thread, Page.MBOX, null);
    }
    String[] start = query.getOrDefault("start", "").split("-", -1);
    return new OfList(list, start.length >= 2 ? month(start[0], start[1]) : null, true);
  }

  /** {@code /pipermail/dev/2020-January/000123.html}. */
  private static @Nullable FormerAddress pipermail(List<String> path, List<String> whole) {
    if (path.isEmpty()) {
      return new AllLists();
    }
    String list = path.getFirst();
    if (path.size() == 1) {
      return new OfList(list, null, false);
    }
    Matcher named = PIPERMAIL_MONTH.matcher(path.get(1));
    YearMonth month = named.matches() ? english(named.group(1), named.group(2)) : null;
    if (month == null) {
      return path.get(1).equals("attachments") ? byPath(list, whole, null) : null;
    }
    boolean file = path.get(1).contains(".txt");
    FormerAddress ofMonth = new OfList(list, month, file);
    return path.size() > 2 && NUMBERED.matcher(path.get(2)).matches()
        ? byPath(list, whole, ofMonth)
        : ofMonth;
  }

  /** {@code /arc/dev/2020-01/msg00012.html}. */
  private static @Nullable FormerAddress mhonarc(List<String> path, List<String> whole) {
    if (path.isEmpty()) {
      return new AllLists();
    }
    String list = path.getFirst();
    String[] parts = path.size() > 1 ? path.get(1).split("-", -1) : new String[0];
    YearMonth month = parts.length == 2 ? month(parts[0], parts[1]) : null;
    FormerAddress ofMonth = new OfList(list, month, false);
    return path.size() > 2 && NUMBERED.matcher(path.get(2)).matches()
        ? byPath(list, whole, ofMonth)
        : ofMonth;
  }

  private static FormerAddress byPath(
      String list, List<String> whole, @Nullable FormerAddress otherwise) {
    return new ByKey(list, "url:/" + String.join("/", whole), Page.POST, otherwise);
  }

  /** {@code /thread/<id>}, where the id is one of its own or a Message-ID. */
  private static @Nullable FormerAddress pony(List<String> path) {
    if (path.isEmpty()) {
      return null;
    }
    String id = path.getFirst();
    int list = id.lastIndexOf("@<");
    String messageId = bare(list > 0 ? id.substring(0, list) : id);
    return messageId.indexOf('@') > 0 && !isPonyId(id)
        ? new ByMessageId(null, messageId, Page.THREAD)
        : new ByKey(null, "pm:" + id.replaceFirst("@.*", ""), Page.THREAD, null);
  }

  /** Generators put the list behind: {@code r0a1…@<dev.example.org>}. */
  private static boolean isPonyId(String id) {
    return id.matches("[a-z0-9]{32,64}@<?[A-Za-z0-9.-]+>?");
  }

  /** {@code /list.html?dev@example.org:2020-1:words}. */
  private static FormerAddress ponyList(String query) {
    if (query.isBlank()) {
      return new AllLists();
    }
    String[] parts = query.split(":", 3);
    String list = parts[0].split(",", -1)[0];
    if (parts.length > 2 && !parts[2].isBlank()) {
      return new Search(list, parts[2], Form.PAGE);
    }
    Matcher month = parts.length > 1 ? PONY_MONTH.matcher(parts[1]) : null;
    return new OfList(
        list,
        month != null && month.matches() ? month(month.group(1), month.group(2)) : null,
        false);
  }

  /** {@code /dev/some@id/t/}. */
  private static @Nullable FormerAddress publicInbox(
      String list, List<String> rest, Map<String, String> query) {
    if (rest.isEmpty()) {
      String words = query.get("q");
      return words == null ? new OfList(list, null, false) : new Search(list, words, form(query));
    }
    String first = rest.getFirst();
    if (first.equals("new.atom")) {
      return new FeedOf(list);
    }
    if (first.equals("new.html") || first.equals("topics_new.html")) {
      return new OfList(list, null, false);
    }
    if (first.equals("m") || first.equals("f") || first.equals("t")) {
      Matcher legacy = LEGACY.matcher(rest.size() > 1 ? rest.get(1) : "");
      return legacy.matches() && legacy.group(1).indexOf('@') > 0
          ? new ByMessageId(
              list, bare(legacy.group(1)), first.equals("t") ? Page.THREAD : Page.POST)
          : null;
    }
    if (first.indexOf('@') < 0) {
      return null;
    }
    Page page =
        switch (rest.size() > 1 ? rest.get(1) : "") {
          case "raw" -> Page.RAW;
          case "t" -> Page.THREAD;
          case "t.atom" -> Page.FEED;
          case "T" -> Page.FLAT;
          case "t.mbox.gz", "t.mbox" -> Page.MBOX;
          default -> Page.POST;
        };
    return new ByMessageId(list, bare(first), page);
  }

  /** {@code ?q=words&x=A}. */
  private static Form form(Map<String, String> query) {
    return switch (query.getOrDefault("x", "")) {
      case "A" -> Form.FEED;
      case "m" -> Form.MBOX;
      default -> Form.PAGE;
    };
  }

  private static String bare(String id) {
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }

  private static @Nullable String named(Map<String, String> query, String name) {
    String value = query.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static @Nullable YearMonth month(String year, String month) {
    try {
      YearMonth read = YearMonth.of(Integer.parseInt(year), Integer.parseInt(month));
      return read.getYear() >= 1 && read.getYear() <= 9999 ? read : null;
    } catch (NumberFormatException | DateTimeException _) {
      // it is part of another address
      return null;
    }
  }

  private static @Nullable YearMonth english(String year, String name) {
    for (Month month : Month.values()) {
      if (month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).equals(name)) {
        return month(year, Integer.toString(month.getValue()));
      }
    }
    return null;
  }

  private FormerAddresses() {}
}
