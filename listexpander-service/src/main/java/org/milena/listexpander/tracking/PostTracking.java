package org.milena.listexpander.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.DeliveryChange.NoteCopies;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.event.MailEvent;
import org.milena.common.event.TrackedPost;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.chore.RowChore;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.notice.AnswerPolicy;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/** Counts the copies of posts whose authors want that, and tells them. */
public final class PostTracking implements RowChore<TrackedPost> {
  /** So long copies are waited for. */
  static final Duration LONGEST = Duration.ofDays(1);

  /** Each SMTP transaction of a tracked post is a command to its list: not for very many. */
  static final int MOST_RECIPIENTS = 10_000;

  private static final int AT_ONCE = 100;

  /** Of the posts of a list, for those that are due. */
  private static final int MOST_LOOKED_AT = 1_000;

  private static final int MAX_SUBJECT = 200;

  private final Notices notices;
  private final Texts texts;

  public PostTracking(Notices notices, Texts texts) {
    this.notices = notices;
    this.texts = texts;
  }

  /** Who is to be told of this post, if anybody. */
  public static Optional<MailAddress> reader(
      Ledger ledger, MailingList list, ListMail mail, Optional<Authorship.Proven> author) {
    return author
        .map(Authorship.Proven::author)
        .filter(address -> wants(ledger, list, address))
        .filter(_ -> AnswerPolicy.silence(mail, list).isEmpty());
  }

  /** Whether the copies of a post to so many are counted. */
  public static boolean counts(int recipients) {
    return recipients > 0 && recipients <= MOST_RECIPIENTS;
  }

  /** Begins to count. */
  public static void begin(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      MailAddress author,
      int recipients,
      Instant now) {
    ledger.put(
        new TrackedPost(
            list.id(),
            mail.id(),
            author,
            OneLine.of(mail.facts().subject(), MAX_SUBJECT),
            recipients,
            0,
            0,
            now,
            null,
            null));
  }

  /** Counts copies that were delivered, or never arrive. */
  public CommandOutcome note(Ledger ledger, MailingList list, NoteCopies command, Instant now) {
    TrackedPost post = ledger.tracked(list.id(), command.mail()).orElse(null);
    if (post == null) {
      return new NotFound("Nobody waits to hear of the post " + command.mail() + ".");
    }
    TrackedPost counted = post.and(command.delivered(), command.failed(), command.at());
    if (counted.waiting() == 0) {
      tell(ledger, list, counted, now);
    } else {
      ledger.put(counted);
    }
    return new Done("Counted.", command.delivered() + command.failed());
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  /**
   * The keys are in the order in which posts came. A post that was held for days is among the
   * first, and due among the last; so more is looked at than what is due.
   */
  @Override
  public List<TrackedPost> due(ListTables tables, MailingList list, Instant now, int most) {
    return tables.tracked().scan(TrackedPost.prefix(list.id()), "", MOST_LOOKED_AT).stream()
        .map(row -> row.getValue())
        .filter(post -> !now.isBefore(post.expandedAt().plus(LONGEST)))
        .limit(most)
        .toList();
  }

  @Override
  public void carryOut(Ledger ledger, MailingList list, TrackedPost seen, Instant now) {
    ledger.tracked(list.id(), seen.mailId()).ifPresent(post -> tell(ledger, list, post, now));
  }

  /** Tells the author, if he still wants that, and counts no more. */
  private void tell(Ledger ledger, MailingList list, TrackedPost post, Instant now) {
    ledger.delete(post);
    String told =
        wants(ledger, list, post.author())
            ? notices.tell(
                ledger,
                list,
                post.author(),
                texts.delivered(ledger, list, post),
                post.mailId(),
                now)
            : "Not told: he does not want to know any more.";
    ledger.tell(
        new MailEvent(
            post.mailId(),
            now,
            MailEvent.Kind.NOTICE,
            list.id(),
            null,
            // neither counts nor an address: whoever reads the archive may read this
            "To the author, what became of the copies: " + told,
            0));
  }

  private static boolean wants(Ledger ledger, MailingList list, MailAddress author) {
    return ledger
        .member(list.id(), author)
        .map(Member::options)
        .filter(MemberOptions::wantsTracking)
        .isPresent();
  }
}
