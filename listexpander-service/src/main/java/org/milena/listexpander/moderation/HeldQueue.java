package org.milena.listexpander.moderation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailReader;
import org.milena.common.table.Table;

/** Looks at held posts, outside any decision. */
public final class HeldQueue {
  /** So many posts that are not asked for are passed over for one page. */
  static final int MAX_PASSED = 5_000;

  private final Table<Hold> holds;
  private final HeldIndex index;
  private final MailReader mailReader;

  /** Made before the table is started, it sees the first row as it comes. */
  public HeldQueue(Table<Hold> holds, MailReader mailReader) {
    this.holds = holds;
    this.index = HeldIndex.of(holds);
    this.mailReader = mailReader;
  }

  /**
   * Which posts are asked for.
   *
   * @param decided those that were decided a short while ago, instead of those that wait
   * @param lists empty for all lists
   * @param author empty for any
   * @param text what author or subject contains, without regard to case; empty for anything
   */
  public record Query(
      boolean decided, Optional<Set<ListId>> lists, Optional<MailAddress> author, String text) {

    /** All that wait at some lists. */
    public static Query waiting(Set<ListId> lists) {
      return new Query(false, Optional.of(lists), Optional.empty(), "");
    }
  }

  /**
   * Some posts, in order of time.
   *
   * @param next where the next page begins; null on the last one. A page with fewer posts than
   *     wanted, or none, need not be the last
   * @param looked how many posts were looked at
   */
  public record Page(List<Hold> holds, @Nullable String next, int looked) {
    public Page {
      holds = List.copyOf(holds);
    }
  }

  /**
   * A page of posts.
   *
   * @param after what the page before called {@code next}; empty to begin
   */
  public Page page(Query query, String after, int limit) {
    HeldIndex.Shelf shelf = query.decided() ? index.decided() : index.waiting();
    Iterator<Map.Entry<String, Hold>> posts =
        query.author().isPresent()
            ? shelf.by(after, query.author().get())
            : shelf.behind(after, query.lists());
    List<Hold> found = new ArrayList<>();
    int looked = 0;
    String last = after;
    while (posts.hasNext()) {
      if (found.size() == limit || looked == limit + MAX_PASSED) {
        return new Page(found, last, looked);
      }
      Map.Entry<String, Hold> post = posts.next();
      looked++;
      last = post.getKey();
      if (matches(query, post.getValue())) {
        found.add(post.getValue());
      }
    }
    return new Page(found, null, looked);
  }

  private static boolean matches(Query query, Hold hold) {
    String text = query.text().strip().toLowerCase(Locale.ROOT);
    return query.lists().map(lists -> lists.contains(hold.list())).orElse(true)
        && (text.isEmpty()
            || hold.subject().toLowerCase(Locale.ROOT).contains(text)
            || hold.author().toLowerCase(Locale.ROOT).contains(text));
  }

  /** How many posts wait. */
  public int count() {
    return index.waiting().count();
  }

  /** How many posts of a list wait. */
  public int count(ListId list) {
    return index.waiting().count(list);
  }

  /** The held post of this id, also one that was decided a short while ago. */
  public Optional<Hold> find(String holdId) {
    return holds.get(holdId);
  }

  /**
   * Its message.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   * @throws org.milena.common.stage.DeadPointerException when it is gone
   */
  public RawMessage message(Hold hold) {
    return mailReader.read(hold.content()).message();
  }
}
