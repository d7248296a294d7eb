package org.milena.listexpander.posting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ThreadChange.CloseThread;
import org.milena.common.command.ThreadChange.OpenThread;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Sentence;
import org.milena.common.event.ThreadLock;
import org.milena.common.header.BaseSubject;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MessageId;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.sentence.Phrase;

/** Closes threads and opens them again. */
public final class ThreadLocks {
  /** Each post is compared with all of a list. */
  static final int MOST = 1_000;

  /** The longest a thread is closed, if not for good. */
  public static final int MAX_DAYS = 3_650;

  private static final int MAX_SUBJECT = 500;

  /** Closes a thread, or changes for how long it is closed. */
  public static CommandOutcome close(
      Ledger ledger, MailingList list, CloseThread command, String actor, Instant now) {
    Optional<Refused> unfit = unfit(command);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    List<ThreadLock> locks = ledger.threads().locks(list.id());
    locks.stream()
        .filter(lock -> isOver(lock, now))
        .forEach(lock -> ledger.threads().deleteLock(list.id(), lock.messageId()));
    String id = command.messageId();
    if (locks.stream().filter(lock -> !isOver(lock, now)).count() >= MOST
        && locks.stream().noneMatch(lock -> lock.messageId().equals(id))) {
      return new Refused("threads-full", Phrase.LOCKS_FULL.say(MOST));
    }
    Integer days = command.days();
    Instant until =
        days == null ? null : now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
    ledger
        .threads()
        .put(
            new ThreadLock(
                list.id(),
                id,
                BaseSubject.of(OneLine.of(command.subject(), MAX_SUBJECT)).text(),
                command.rejects(),
                actor,
                now,
                until));
    Sentence still = command.rejects() ? Phrase.STILL_REJECTED.say() : Phrase.STILL_HELD.say();
    return new Done(
        until == null
            ? Phrase.THREAD_IS_CLOSED.say(id, still)
            : Phrase.THREAD_IS_CLOSED_UNTIL.say(id, until.toString(), still),
        1);
  }

  /** Opens a thread again. */
  public static CommandOutcome open(
      Ledger ledger, MailingList list, OpenThread command, Instant now) {
    return ledger.threads().locks(list.id()).stream()
        .filter(lock -> lock.messageId().equals(command.messageId()))
        .findFirst()
        .<CommandOutcome>map(lock -> {
          ledger.threads().deleteLock(list.id(), lock.messageId());
          return isOver(lock, now)
              ? new Done(Phrase.UNCHANGED.say(), 0)
              : new Done(Phrase.THREAD_IS_OPEN.say(lock.messageId()), 1);
        })
        .orElseGet(() -> new NotFound(Phrase.THREAD_NOT_CLOSED.say(command.messageId())));
  }

  /** Whether it is open again by itself. */
  public static boolean isOver(ThreadLock lock, Instant now) {
    return lock.until() != null && !lock.until().isAfter(now);
  }

  /** Why no thread is closed so; empty when one can be. */
  public static Optional<Refused> unfit(CloseThread command) {
    Integer days = command.days();
    Optional<String> read = MessageId.parse("<" + command.messageId() + ">").map(MessageId::value);
    if (!read.equals(Optional.of(command.messageId()))) {
      return Optional.of(new Refused("message-id", Phrase.THREAD_NAMED_BY_FIRST.say()));
    }
    return days != null && (days < 1 || days > MAX_DAYS)
        ? Optional.of(
            new Refused(
                "days", "A thread is closed for good or for 1 to %,d days.".formatted(MAX_DAYS)))
        : Optional.empty();
  }

  private ThreadLocks() {}
}
