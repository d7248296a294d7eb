package org.milena.common.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;

/** The directory over its four tables, with the indexes its look-ups need. */
public final class TableDirectory implements Directory {
  private final Table<MailingList> lists;
  private final Table<Member> members;
  private final Table<Account> accounts;
  private final Table<Suppression> suppressions;
  private final Map<String, ListId> listByAddress = new ConcurrentHashMap<>();
  private final Map<ListId, AtomicInteger> memberCounts = new ConcurrentHashMap<>();
  private final Map<String, String> accountByToken = new ConcurrentHashMap<>();

  /** The tables must not have been started yet: the indexes follow them from their first row. */
  public TableDirectory(
      Table<MailingList> lists,
      Table<Member> members,
      Table<Account> accounts,
      Table<Suppression> suppressions) {
    this.lists = lists;
    this.members = members;
    this.accounts = accounts;
    this.suppressions = suppressions;
    lists.onChange((_, before, now) -> {
      before.ifPresent(list -> listByAddress.remove(list.address().key(), list.id()));
      now.ifPresent(list -> listByAddress.put(list.address().key(), list.id()));
    });
    members.onChange((_, before, now) -> {
      if (before.isPresent() != now.isPresent()) {
        ListId list = now.or(() -> before).orElseThrow().list();
        memberCounts
            .computeIfAbsent(list, _ -> new AtomicInteger())
            .addAndGet(now.isPresent() ? 1 : -1);
      }
    });
    accounts.onChange((_, before, now) -> {
      before.ifPresent(
          account -> account.apiTokens().forEach(token -> accountByToken.remove(token.sha256())));
      now.ifPresent(account ->
          account.apiTokens().forEach(token -> accountByToken.put(token.sha256(), account.name())));
    });
  }

  @Override
  public Optional<MailingList> list(ListId id) {
    return lists.get(id.value());
  }

  @Override
  public Optional<MailingList> listAt(MailAddress address) {
    return Optional.ofNullable(listByAddress.get(address.key())).flatMap(this::list);
  }

  @Override
  public List<MailingList> lists() {
    return lists.scan("", "", Integer.MAX_VALUE).stream().map(Map.Entry::getValue).toList();
  }

  @Override
  public Optional<Member> member(ListId list, MailAddress address) {
    return members.get(Member.key(list, address));
  }

  @Override
  public List<Member> members(ListId list, String after, int limit) {
    return members
        .scan(Topics.listKey(list, ""), after.isEmpty() ? "" : Topics.listKey(list, after), limit)
        .stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public int memberCount(ListId list) {
    AtomicInteger count = memberCounts.get(list);
    return count == null ? 0 : count.get();
  }

  @Override
  public Optional<Account> account(String name) {
    return accounts.get(name);
  }

  @Override
  public Optional<Account> accountByToken(String sha256) {
    return Optional.ofNullable(accountByToken.get(sha256)).flatMap(accounts::get);
  }

  @Override
  public Optional<Suppression> suppression(MailAddress address) {
    return suppressions.get(address.key());
  }

  @Override
  public boolean isFresh() {
    return lists.isFresh() && members.isFresh() && accounts.isFresh() && suppressions.isFresh();
  }

  @Override
  public void awaitCurrent(Duration atMost) {
    lists.awaitCurrent(atMost);
    members.awaitCurrent(atMost);
    accounts.awaitCurrent(atMost);
    suppressions.awaitCurrent(atMost);
  }
}
