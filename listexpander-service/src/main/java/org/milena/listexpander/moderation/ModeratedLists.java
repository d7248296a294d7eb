package org.milena.listexpander.moderation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.directory.Member;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;

/** Which lists somebody moderates. Follows its table, so that nobody walks over all members. */
public final class ModeratedLists {
  private final Table<Member> members;
  private final Map<String, Set<ListId>> byAddress = new ConcurrentHashMap<>();

  /** Made before the table is started, it sees the first row as it comes. */
  public ModeratedLists(Table<Member> members) {
    this.members = members;
    members.onChange((key, before, now) -> {
      if (before.map(HeldDecisions::mayDecide).orElse(false)
          || now.map(HeldDecisions::mayDecide).orElse(false)) {
        follow(key, now.or(() -> before).orElseThrow());
      }
    });
    members
        .scan("", "", Integer.MAX_VALUE)
        .forEach(row -> {
          if (HeldDecisions.mayDecide(row.getValue())) {
            follow(row.getKey(), row.getValue());
          }
        });
  }

  /** As the table has it now, not as it was told. */
  private synchronized void follow(String key, Member about) {
    boolean moderates = members.get(key).map(HeldDecisions::mayDecide).orElse(false);
    byAddress.compute(
        about.address().key(),
        (_, lists) -> {
          Set<ListId> all = lists == null ? ConcurrentHashMap.newKeySet() : lists;
          if (moderates) {
            all.add(about.list());
          } else {
            all.remove(about.list());
          }
          return all.isEmpty() ? null : all;
        });
  }

  /** The lists whose owner or moderator this address is. */
  public Set<ListId> of(MailAddress address) {
    Set<ListId> lists = byAddress.get(address.key());
    return lists == null ? Set.of() : Set.copyOf(lists);
  }
}
