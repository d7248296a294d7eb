package org.milena.listexpander.ledger;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * Who may own or moderate a list, without a walk over all members for each notice.
 *
 * <p>The view is followed as it changes. It lags by what the running transaction wrote, so owners
 * and moderators written are noted as well. Names nobody too few; whether somebody still has the
 * role is asked for inside the transaction.
 */
public final class Staff {
  private final Map<ListId, Set<String>> seen = new ConcurrentHashMap<>();
  private final Map<ListId, Set<String>> noted = new ConcurrentHashMap<>();

  /** The table must not have been started yet: its first row is seen as it comes. */
  Staff(Table<Member> members) {
    members.onChange((key, before, now) -> {
      if (now.map(Staff::has).orElse(false)) {
        add(seen, now.orElseThrow().list(), key);
      } else if (before.map(Staff::has).orElse(false)) {
        remove(seen, before.orElseThrow().list(), key);
      }
    });
  }

  /** Whether this one owns or moderates the list. */
  static boolean has(Member member) {
    return member.roles().contains(MemberRole.OWNER)
        || member.roles().contains(MemberRole.MODERATOR);
  }

  /** A transaction writes this member. */
  void note(Member member) {
    if (has(member)) {
      add(noted, member.list(), Member.key(member.list(), member.address()));
    }
  }

  /** The transaction has somebody without these roles under this key, or nobody. */
  void forget(ListId list, String key) {
    remove(noted, list, key);
  }

  /** The keys of members to look at, in their order. */
  SortedSet<String> keys(ListId list) {
    SortedSet<String> keys = new TreeSet<>(seen.getOrDefault(list, Set.of()));
    keys.addAll(noted.getOrDefault(list, Set.of()));
    return keys;
  }

  private static void add(Map<ListId, Set<String>> all, ListId list, String key) {
    all.compute(
        list,
        (_, keys) -> {
          Set<String> more = keys == null ? ConcurrentHashMap.newKeySet() : keys;
          more.add(key);
          return more;
        });
  }

  private static void remove(Map<ListId, Set<String>> all, ListId list, String key) {
    all.computeIfPresent(
        list,
        (_, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }
}
