package org.milena.listexpander.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.ThreadWish;
import org.milena.common.header.HeaderBlock;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.posting.ThreadMarks;

/** Who wants the thread of one post, and who does not. */
public final class ThreadReaders {
  /** A wish notes the newest post no more often: a busy thread does not write a row each time. */
  static final Duration NOTED_EVERY = Duration.ofDays(7);

  private final Map<String, ThreadWish> wishes;

  private ThreadReaders(Map<String, ThreadWish> wishes) {
    this.wishes = wishes;
  }

  /** Reads the wishes for a post that is being expanded, and notes that their thread lives. */
  public static ThreadReaders of(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    ThreadMarks marks = ThreadMarks.of(HeaderBlock.of(mail.message()), mail.facts().subject());
    Map<String, ThreadWish> wishes = new HashMap<>();
    for (ThreadWish wish : ledger.threads().wishesFor(list.id(), marks.threads())) {
      if (WishTimes.isOver(wish, now)) {
        continue;
      }
      // who wished twice, for the thread and for a part of it, meant what he said last
      wishes.merge(
          wish.address().key(), wish, (one, other) -> other.at().isAfter(one.at()) ? other : one);
      if (!now.isBefore(wish.lastPostAt().plus(NOTED_EVERY))) {
        ledger.threads().put(wish.seen(now));
      }
    }
    return new ThreadReaders(wishes);
  }

  /** Whether this member gets the post as it comes, as far as his options and wishes go. */
  public boolean include(Member member) {
    ThreadWish.@Nullable Kind kind = kind(member);
    return kind == null
        ? member.receivesPosts()
        : switch (kind) {
          case FOLLOW -> member.mayFollow();
          case MUTE -> false;
        };
  }

  private ThreadWish.@Nullable Kind kind(Member member) {
    ThreadWish wish = wishes.isEmpty() ? null : wishes.get(member.address().key());
    return wish == null ? null : wish.kind();
  }
}
