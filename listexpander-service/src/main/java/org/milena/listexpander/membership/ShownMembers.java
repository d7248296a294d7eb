package org.milena.listexpander.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Roster;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * The members of lists as other members see them, in order. Follows its table: a page costs what is
 * on it, and what is passed over, which is never much but on a list with sources.
 *
 * <p>Where few entries of a list are hidden, they are passed over; where many are, the keys of the
 * others are kept. A bound on what is passed over would not do instead: the page would have to end
 * at somebody who is concealed, and its cursor would tell who.
 */
public final class ShownMembers {
  /**
   * Hidden entries of a list that are passed over; with more of them, the others' keys are kept.
   */
  static final int MAX_PASSED = 1_000;

  private final Table<Member> members;
  private final Roster roster;
  private final Map<ListId, Integer> hidden = new ConcurrentHashMap<>();
  private final Map<ListId, NavigableSet<String>> shown = new ConcurrentHashMap<>();

  /**
   * @param members must not have been started yet: counting begins with its first row
   * @param roster knows who else comes from where
   */
  public ShownMembers(Table<Member> members, Roster roster) {
    this.members = members;
    this.roster = roster;
    members.onChange(this::follow);
  }

  /** Whether other members see this one. */
  private static boolean isShown(Member member) {
    return member.roles().contains(MemberRole.MEMBER) && !member.options().concealed();
  }

  /** Whether they see this row of a list without sources. */
  private static boolean isShownRow(Member row) {
    return isShown(row) && !row.bySource();
  }

  private static int hidden(Optional<Member> row) {
    return row.isEmpty() || isShownRow(row.get()) ? 0 : 1;
  }

  private void follow(String key, Optional<Member> before, Optional<Member> now) {
    ListId list = now.or(() -> before).orElseThrow().list();
    int change = hidden(now) - hidden(before);
    int count =
        change == 0 ? hidden.getOrDefault(list, 0) : hidden.merge(list, change, Integer::sum);
    NavigableSet<String> keys = shown.get(list);
    if (count == 0) {
      hidden.remove(list);
      shown.remove(list);
    } else if (keys == null && count > MAX_PASSED) {
      shown.put(list, keys(list));
    } else if (keys != null && now.map(ShownMembers::isShownRow).orElse(false)) {
      keys.add(key);
    } else if (keys != null) {
      keys.remove(key);
    }
  }

  private NavigableSet<String> keys(ListId list) {
    NavigableSet<String> keys = new ConcurrentSkipListSet<>();
    members
        .scan(Topics.listKey(list, ""), "", Integer.MAX_VALUE)
        .forEach(row -> {
          if (isShownRow(row.getValue())) {
            keys.add(row.getKey());
          }
        });
    return keys;
  }

  /**
   * Some members.
   *
   * @param looked how many entries were looked at
   */
  public record Page(List<Member> members, int looked) {
    public Page {
      members = List.copyOf(members);
    }
  }

  /** Up to {@code limit} of them by address, behind {@code after} (exclusive; empty to begin). */
  public Page page(ListId list, String after, int limit) {
    if (roster.hasSources(list)) {
      return merged(list, after, limit);
    }
    String prefix = Topics.listKey(list, "");
    NavigableSet<String> keys = shown.get(list);
    return keys == null ? walked(prefix, after, limit) : kept(keys, prefix + after, limit);
  }

  /**
   * One walk over the rows of all lists that feed it, each looked at once, until the page is full.
   * No keys are kept of such a list: what it costs grows with those who are hidden behind {@code
   * after}, at most with all rows of its sources.
   */
  private Page merged(ListId list, String after, int limit) {
    int[] looked = {0};
    List<Member> found =
        roster
            .page(
                list,
                after,
                limit,
                one -> {
                  looked[0]++;
                  return isShown(one.member());
                })
            .stream()
            .map(Roster.Listed::member)
            .toList();
    return new Page(found, looked[0]);
  }

  private Page kept(NavigableSet<String> keys, String after, int limit) {
    List<Member> found = new ArrayList<>();
    int looked = 0;
    for (String key : keys.tailSet(after, false)) {
      if (found.size() == limit) {
        break;
      }
      looked++;
      members.get(key).filter(ShownMembers::isShownRow).ifPresent(found::add);
    }
    return new Page(found, looked);
  }

  private Page walked(String prefix, String after, int limit) {
    List<Member> found = new ArrayList<>();
    int looked = 0;
    String cursor = after.isEmpty() ? "" : prefix + after;
    List<Map.Entry<String, Member>> rows;
    do {
      rows = members.scan(prefix, cursor, limit);
      looked += rows.size();
      rows.stream()
          .map(Map.Entry::getValue)
          .filter(ShownMembers::isShownRow)
          .limit(limit - found.size())
          .forEach(found::add);
      cursor = rows.isEmpty() ? cursor : rows.getLast().getKey();
    } while (rows.size() == limit && found.size() < limit);
    return new Page(found, looked);
  }
}
