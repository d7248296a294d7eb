package org.milena.archive.web.ponymail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.milena.archive.message.Person;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.PostListing;
import org.milena.archive.thread.ThreadTree;
import org.milena.archive.web.ArchiveView;
import org.milena.archive.web.ponymail.StatsJson.BranchJson;
import org.milena.archive.web.ponymail.StatsJson.ParticipantJson;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Counts mails and puts them in order. */
final class MailStats {
  private static final YearMonth NEVER = YearMonth.of(1970, 1);
  private static final int MOST_ACTIVE = 10;
  private static final Pattern PREFIXES = Pattern.compile("^(?:[a-zA-Z]+:\\s*)+");

  private final Map<ListId, MailingList> lists = new HashMap<>();
  private final List<ArchivedPost> posts;
  private final long hits;

  /**
   * Over what was found.
   *
   * @param found newest first
   */
  MailStats(List<MailingList> lists, PostListing.Page found) {
    lists.forEach(list -> this.lists.put(list.id(), list));
    this.posts =
        found.posts().reversed().stream()
            .filter(post -> this.lists.containsKey(post.list()))
            .toList();
    this.hits = found.total();
  }

  /**
   * The answer.
   *
   * @param months in which mails match at any time, newest first
   */
  StatsJson json(MailParameters said, ListName name, List<MonthCount> months, Instant now) {
    YearMonth first = months.isEmpty() ? NEVER : months.getLast().month();
    YearMonth last = months.isEmpty() ? NEVER : months.getFirst().month();
    boolean whole = !said.isQuick() && !said.isEmailsOnly();
    List<BranchJson> branches = whole ? branches() : List.of();
    List<ParticipantJson> people = whole ? people() : List.of();
    Map<String, Long> active = new LinkedHashMap<>();
    months.reversed().forEach(month -> active.put(month.month().toString(), month.posts()));
    return new StatsJson(
        first.getYear(),
        first.getMonthValue(),
        last.getYear(),
        last.getMonthValue(),
        active,
        hits,
        people.size(),
        branches.size(),
        name.local(),
        name.domain(),
        name.local() + "@" + name.domain(),
        "<" + name.local() + "." + name.domain() + ">",
        said.said(),
        now.getEpochSecond(),
        posts.stream().map(post -> said.isQuick() ? MailJson.moment(post) : mail(post)).toList(),
        whole ? branches : null,
        whole ? people.subList(0, Math.min(MOST_ACTIVE, people.size())) : null);
  }

  private MailJson mail(ArchivedPost post) {
    return MailJson.of(list(post), post, List.of(post.id().value()));
  }

  private MailingList list(ArchivedPost post) {
    MailingList list = lists.get(post.list());
    if (list == null) {
      throw new IllegalStateException("no list of " + post.id());
    }
    return list;
  }

  /** Each thread for itself, that with the earliest mail first. */
  private List<BranchJson> branches() {
    Map<ArchiveId, List<ArchivedPost>> threads = new LinkedHashMap<>();
    Map<ArchiveId, ArchivedPost> byId = new HashMap<>();
    for (ArchivedPost post : posts) {
      threads.computeIfAbsent(post.thread(), _ -> new ArrayList<>()).add(post);
      byId.put(post.id(), post);
    }
    List<BranchJson> branches = new ArrayList<>();
    for (List<ArchivedPost> thread : threads.values()) {
      branches.addAll(
          Branches.of(
              ThreadTree.of(thread.stream().map(ArchivedPost::forThread).toList()),
              (node, level, children) ->
                  branch(byId.getOrDefault(node.id(), thread.getFirst()), level, children)));
    }
    return branches;
  }

  private BranchJson branch(ArchivedPost post, int level, List<BranchJson> children) {
    String subject = ArchiveView.text(post.subject());
    return new BranchJson(
        post.id().value(),
        level,
        post.date().getEpochSecond(),
        subject,
        PREFIXES.matcher(subject).replaceFirst("") + "_" + MailJson.raw(list(post)),
        children);
  }

  private List<ParticipantJson> people() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Person> authors = new HashMap<>();
    for (ArchivedPost post : posts) {
      Person author = post.author();
      String key =
          (author.address().isEmpty() ? author.name() : author.address()).toLowerCase(Locale.ROOT);
      counts.merge(key, 1, Integer::sum);
      authors.put(key, author);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(entry -> {
          Person shown =
              ArchiveView.person(authors.getOrDefault(entry.getKey(), new Person("", "")));
          return new ParticipantJson(
              shown.name(), shown.address(), entry.getValue(), md5(shown.address()));
        })
        .toList();
  }

  /** Of the address as it is shown, since the digest of a whole one gives it away. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
