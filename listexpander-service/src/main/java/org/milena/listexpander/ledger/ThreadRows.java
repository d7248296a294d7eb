package org.milena.listexpander.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milena.common.event.ThreadLock;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.StageTransaction;

/** Threads inside one transaction: which are closed, and what members want of them. */
public final class ThreadRows {
  /** However many there are. */
  private static final int ALL = Integer.MAX_VALUE;

  private final ListTables tables;
  private final StageTransaction transaction;

  ThreadRows(ListTables tables, StageTransaction transaction) {
    this.tables = tables;
    this.transaction = transaction;
  }

  /** The closed threads of a list. */
  public List<ThreadLock> locks(ListId list) {
    return transaction.scan(tables.locks(), Topics.listKey(list, ""), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Closes a thread. */
  public void put(ThreadLock lock) {
    transaction.put(tables.locks(), Topics.listKey(lock.list(), lock.messageId()), lock);
  }

  /** Opens a thread again. */
  public void deleteLock(ListId list, String messageId) {
    transaction.delete(tables.locks(), Topics.listKey(list, messageId));
  }

  /** What a member wants of threads. */
  public List<ThreadWish> wishes(ListId list, MailAddress address) {
    return transaction.scan(tables.wishes(), ThreadWish.prefix(list, address), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What anybody wants of threads of a list. */
  public List<ThreadWish> wishes(ListId list) {
    return transaction.scan(tables.wishes(), ThreadWish.prefix(list), "", ALL).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What a member wants of this one, if anything. */
  public Optional<ThreadWish> wish(ListId list, MailAddress address, String messageId) {
    return transaction.get(tables.wishes(), ThreadWish.key(list, address, messageId));
  }

  /**
   * What anybody wants of these threads. Costs nothing where that is nothing.
   *
   * @param threads as {@link ThreadWish#threads} names them
   */
  public Collection<ThreadWish> wishesFor(ListId list, Set<String> threads) {
    Map<String, ThreadWish> found = new LinkedHashMap<>();
    for (String thread : threads) {
      for (String key : tables.wished().keys(list, thread)) {
        transaction
            .get(tables.wishes(), key)
            .filter(wish -> wish.threads().contains(thread))
            .ifPresentOrElse(
                wish -> found.put(key, wish), () -> tables.wished().forget(list, thread, key));
      }
    }
    return found.values();
  }

  /** A member wants nothing of any thread any more. */
  public void forget(ListId list, MailAddress address) {
    wishes(list, address).forEach(this::delete);
  }

  /** No thread of the list is closed, and nobody wants anything of one. */
  public void forget(ListId list) {
    locks(list).forEach(lock -> deleteLock(list, lock.messageId()));
    wishes(list).forEach(this::delete);
  }

  /** Writes what a member wants of a thread. */
  public void put(ThreadWish wish) {
    tables.wished().note(wish);
    transaction.put(tables.wishes(), wish.key(), wish);
  }

  /** A member wants nothing special of a thread any more. */
  public void delete(ThreadWish wish) {
    // views hold all that is committed, so this one is found again should the transaction fail
    wish.threads().forEach(thread -> tables.wished().forget(wish.list(), thread, wish.key()));
    transaction.delete(tables.wishes(), wish.key());
  }
}
