package org.milena.listexpander.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.Suppression;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.PendingRequest;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;

/** Lists, members, holds and the rest inside one transaction: read, changed and told about. */
public final class Ledger {
  private static final int PAGE = 10_000;

  /** More than there can be of what one reads whole; small enough to be added to. */
  private static final int ALL = 1_000_000;

  private final ListTables tables;
  private final StageTransaction transaction;

  public Ledger(ListTables tables, StageTransaction transaction) {
    this.tables = tables;
    this.transaction = transaction;
  }

  /** The list of this id. */
  public Optional<MailingList> list(ListId id) {
    return transaction.get(tables.lists(), id.value());
  }

  /** Writes a list. */
  public void put(MailingList list) {
    transaction.put(tables.lists(), list.id().value(), list);
  }

  /** Takes a list away; its members are rows of their own. */
  public void deleteList(ListId id) {
    transaction.delete(tables.lists(), id.value());
  }

  /** One member, whatever the roles. */
  public Optional<Member> member(ListId list, MailAddress address) {
    return transaction.get(tables.members(), Member.key(list, address));
  }

  /** Writes a member. */
  public void put(Member member) {
    transaction.put(tables.members(), Member.key(member.list(), member.address()), member);
  }

  /** Takes a member away. */
  public void deleteMember(ListId list, MailAddress address) {
    transaction.delete(tables.members(), Member.key(list, address));
  }

  /** Visits every member of a list, by address. Holds a page of them at a time. */
  public void eachMember(ListId list, Consumer<Member> visitor) {
    String prefix = Topics.listKey(list, "");
    String after = "";
    while (true) {
      List<Map.Entry<String, Member>> page =
          transaction.scan(tables.members(), prefix, after, PAGE);
      page.forEach(row -> visitor.accept(row.getValue()));
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().getKey();
    }
  }

  /** The account of this name. */
  public Optional<Account> account(String name) {
    return transaction.get(tables.accounts(), name);
  }

  /** Writes an account. */
  public void put(Account account) {
    transaction.put(tables.accounts(), account.name(), account);
  }

  /** Takes an account away. */
  public void deleteAccount(String name) {
    transaction.delete(tables.accounts(), name);
  }

  /** Why nothing is sent to this address, if so. */
  public Optional<Suppression> suppression(MailAddress address) {
    return transaction.get(tables.suppressions(), address.key());
  }

  /** The held post of this id. */
  public Optional<Hold> hold(String holdId) {
    return transaction.get(tables.holds(), holdId);
  }

  /** Writes a held post's row. */
  public void put(Hold hold) {
    transaction.put(tables.holds(), hold.holdId(), hold);
  }

  /** A held post was decided. Its message is trimmed away when no row points at it any more. */
  public void deleteHold(String holdId) {
    transaction.delete(tables.holds(), holdId);
  }

  /** The note under this key in the list's memory of what it saw. */
  public Optional<SeenPost> seen(String key) {
    return transaction.get(tables.seen(), key);
  }

  /** Makes such a note. */
  public void put(String key, SeenPost seen) {
    transaction.put(tables.seen(), key, seen);
  }

  /** Forgets it. */
  public void deleteSeen(String key) {
    transaction.delete(tables.seen(), key);
  }

  /** Some notes of a list behind a key. For sweeping. */
  public List<Map.Entry<String, SeenPost>> seenBehind(ListId list, String after, int limit) {
    return transaction.scan(tables.seen(), Topics.listKey(list, ""), after, limit);
  }

  /** The request that waits under this key. */
  public Optional<PendingRequest> pending(String key) {
    return transaction.get(tables.pending(), key);
  }

  /** Some requests that wait, behind a key. For sweeping. */
  public List<Map.Entry<String, PendingRequest>> pendingBehind(
      String prefix, String after, int limit) {
    return transaction.scan(tables.pending(), prefix, after, limit);
  }

  /** Writes a request that waits. */
  public void put(String key, PendingRequest request) {
    transaction.put(tables.pending(), key, request);
  }

  /** The request waits no longer. */
  public void deletePending(String key) {
    transaction.delete(tables.pending(), key);
  }

  /** Writes a record. */
  public void send(OutRecord record) {
    transaction.send(record);
  }

  /** Writes a record, then what needs to know where it lies. */
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    transaction.send(record, then);
  }

  /** Does now what waits to know where a record lies. */
  public void settle() {
    transaction.settle();
  }

  /** Writes a line in the life of a mail. */
  public void tell(MailEvent event) {
    transaction.send(MailRecords.event(event));
  }

  /** The held posts whose ids begin so. */
  public List<Hold> holds(String idPrefix) {
    return transaction.scan(tables.holds(), idPrefix, "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** All accounts. */
  public List<Account> accounts() {
    return transaction.scan(tables.accounts(), "", "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }
}
