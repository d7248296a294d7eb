package org.milena.listexpander.thread;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ThreadChange.EndThreadWish;
import org.milena.common.command.ThreadChange.WishThread;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ThreadWish;
import org.milena.common.header.BaseSubject;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.sentence.Phrase;

/** Members follow threads, mute them, and end that. */
public final class ThreadWishes {
  /** So many of a member on one list. */
  static final int MOST = 200;

  private static final int MAX_SUBJECT = 500;

  /** Follows or mutes a thread; a second wish for it takes the place of the first. */
  public static CommandOutcome wish(
      Ledger ledger, MailingList list, WishThread command, Instant now) {
    Optional<Refused> unfit = unfit(command.messageId());
    if (unfit.isPresent()) {
      return unfit.get();
    }
    MailAddress address = command.address();
    if (ledger
        .member(list.id(), address)
        .filter(member -> member.roles().contains(MemberRole.MEMBER))
        .isEmpty()) {
      return notThere(list, address);
    }
    String thread = thread(ledger, list, command.messageId(), now);
    List<ThreadWish> wishes = ledger.threads().wishes(list.id(), address);
    wishes.stream().filter(wish -> WishTimes.isOver(wish, now)).forEach(ledger.threads()::delete);
    Optional<ThreadWish> before =
        wishes.stream().filter(wish -> wish.messageId().equals(thread)).findFirst();
    if (before.isEmpty()
        && wishes.stream().filter(wish -> !WishTimes.isOver(wish, now)).count() >= MOST) {
      return new Refused("threads-full", Phrase.WISHES_FULL.say(MOST));
    }
    String subject = BaseSubject.of(OneLine.of(command.subject(), MAX_SUBJECT)).text();
    ledger
        .threads()
        .put(
            new ThreadWish(
                list.id(),
                address,
                thread,
                // an answer by mail need not bear the subject that the page said
                subject.isEmpty() ? before.map(ThreadWish::subject).orElse("") : subject,
                command.kind(),
                now,
                now));
    return new Done(
        switch (command.kind()) {
          case FOLLOW -> Phrase.THREAD_FOLLOWED.say(address, thread);
          case MUTE -> Phrase.THREAD_MUTED.say(address, thread);
        },
        1);
  }

  /** The thread is as others are to this member. */
  public static CommandOutcome end(
      Ledger ledger, MailingList list, EndThreadWish command, Instant now) {
    MailAddress address = command.address();
    String thread = thread(ledger, list, command.messageId(), now);
    return ledger
        .threads()
        .wish(list.id(), address, thread)
        .or(() -> ledger.threads().wish(list.id(), address, command.messageId()))
        .filter(wish -> command.kind() == null || command.kind() == wish.kind())
        .<CommandOutcome>map(wish -> {
          ledger.threads().delete(wish);
          return new Done(Phrase.THREAD_AS_OTHERS.say(wish.messageId(), address), 1);
        })
        .orElseGet(() -> new NotFound(Phrase.NO_SUCH_WISH.say(address, command.messageId())));
  }

  /** The post that the thread of a post began with, where the list still remembers that post. */
  private static String thread(Ledger ledger, MailingList list, String messageId, Instant now) {
    return SeenPosts.thread(ledger, list.id(), messageId, now).orElse(messageId);
  }

  /** Why this names no thread; empty when it may. */
  public static Optional<Refused> unfit(String messageId) {
    Optional<String> read = MessageId.parse("<" + messageId + ">").map(MessageId::value);
    return read.equals(Optional.of(messageId))
        ? Optional.empty()
        : Optional.of(new Refused("message-id", Phrase.THREAD_NAMED_BY_POST.say()));
  }

  private static NotFound notThere(MailingList list, MailAddress address) {
    return new NotFound(Phrase.NO_MEMBER_OF.say(address, list.address()));
  }

  private ThreadWishes() {}
}
