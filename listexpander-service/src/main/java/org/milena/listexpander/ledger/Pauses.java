package org.milena.listexpander.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * Members to whom delivery goes on by itself on some day, by list and day, without a walk over all
 * members each time. Follows its table.
 */
public final class Pauses {
  private final Map<ListId, ConcurrentSkipListMap<String, Member>> lists =
      new ConcurrentHashMap<>();

  /** The table must not have been started yet: it is followed from its first row on. */
  Pauses(Table<Member> members) {
    members.onChange((_, before, now) -> {
      before.ifPresent(this::remove);
      now.ifPresent(this::add);
    });
  }

  private void add(Member member) {
    key(member)
        .ifPresent(key ->
            lists
                .computeIfAbsent(member.list(), _ -> new ConcurrentSkipListMap<>())
                .put(key, member));
  }

  private void remove(Member member) {
    key(member)
        .ifPresent(
            key -> lists.computeIfPresent(member.list(), (_, members) -> without(members, key)));
  }

  private static @Nullable ConcurrentSkipListMap<String, Member> without(
      ConcurrentSkipListMap<String, Member> members, String key) {
    members.remove(key);
    return members.isEmpty() ? null : members;
  }

  /** Days of four digits sort as text; those far away are as good as never. */
  private static Optional<String> key(Member member) {
    return Optional.ofNullable(member.options().stoppedUntil())
        .filter(day -> day.getYear() >= 0 && day.getYear() <= 9999)
        .map(day -> day + " " + member.address().key());
  }

  /** Up to so many members of a list whose day has come, the earliest first. */
  public List<Member> due(ListId list, LocalDate today, int limit) {
    ConcurrentSkipListMap<String, Member> members = lists.get(list);
    return members == null
        ? List.of()
        : members.headMap(today.plusDays(1).toString()).values().stream().limit(limit).toList();
  }
}
