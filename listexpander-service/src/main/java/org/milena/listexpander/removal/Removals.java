package org.milena.listexpander.removal;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.PostChange.ArchivedMail;
import org.milena.common.command.PostChange.RemovePosts;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailId;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.ledger.Ledger;

/** Removes posts from the archive of a list. */
public final class Removals {
  static final int MAX_REASON = 500;

  /** Removes posts, whether they are there or not: a post may be under way to the archive. */
  public static CommandOutcome remove(
      Ledger ledger, MailingList list, RemovePosts command, String actor, Instant now) {
    String reason = OneLine.of(command.reason(), MAX_REASON);
    for (ArchivedMail post : command.posts()) {
      ledger.send(
          OutRecord.tombstone(Topics.POSTS, post.id().value()).inPartitionOf(list.id().value()));
      if (command.isExpiry()) {
        continue;
      }
      forgetInDigests(ledger, list, post.mailId());
      if (ledger.removal(list.id(), post.id()).filter(Removal::isGone).isEmpty()) {
        ledger.put(
            Removal.gone(list.id(), post.id(), post.messageId(), post.date(), reason, actor, now));
        ledger.tell(
            new MailEvent(
                post.mailId(),
                now,
                MailEvent.Kind.REMOVED,
                list.id(),
                post.messageId(),
                "Removed from the archive of %s by %s: %s".formatted(list.address(), actor, reason),
                0));
      }
    }
    int count = command.posts().size();
    return new Done(
        count == 1
            ? "The post is removed from the archive."
            : "%,d posts are removed from the archive.".formatted(count),
        count);
  }

  /** A copy that waits for the next digest is sent no more. */
  static void forgetInDigests(Ledger ledger, MailingList list, MailId mail) {
    ledger.settle();
    ledger.digestPosts(list.id()).stream()
        .filter(waiting -> waiting.mailId().equals(mail))
        .forEach(ledger::delete);
  }

  /** Why this is no reason to take something out of the archive; empty when it is one. */
  public static Optional<Refused> unfit(String reason) {
    return reason.length() > MAX_REASON
        ? Optional.of(
            new Refused("reason", "A reason has at most %d characters.".formatted(MAX_REASON)))
        : Optional.empty();
  }

  private Removals() {}
}
