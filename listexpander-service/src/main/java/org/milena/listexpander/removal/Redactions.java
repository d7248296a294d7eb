package org.milena.listexpander.removal;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.PostChange.ArchivedMail;
import org.milena.common.command.PostChange.RedactPost;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.header.OneLine;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.ledger.Ledger;

/** Takes something out of a post: another message stands in its place in the log. */
public final class Redactions {

  /** Keys are of the same few kinds each time; beyond this they are somebody's attempt. */
  private static final int MAX_KEYS = 256;

  private static final int MAX_WHAT = 500;

  /**
   * Replaces the post by what is left of it.
   *
   * @param content what the log had when this was asked for
   */
  public static CommandOutcome redact(
      Ledger ledger,
      MailingList list,
      RedactPost command,
      PostContent content,
      String actor,
      Instant now) {
    ArchivedMail post = command.post();
    Optional<Removal> before = ledger.removal(list.id(), post.id());
    if (before.filter(Removal::isGone).isPresent()) {
      return new Refused("removed", "The whole post was removed.");
    }
    // what is left is in the log, but whoever asks may not have seen it yet
    boolean stale =
        before
            .map(Removal::left)
            .filter(left -> !left.equals(command.content().sha256()))
            .isPresent();
    if (stale) {
      return new Refused("changed", "Something else was just taken out of it, look at it again.");
    }
    String left;
    switch (content) {
      case PostContent.Lost(String reason) -> {
        return new Refused(
            "changed", "The post was changed meanwhile, look at it again: " + reason + ".");
      }
      case PostContent.Found(PostMeta meta, RawMessage message) -> {
        if (!meta.list().equals(list.id()) || !meta.archiveId().equals(post.id())) {
          return new Refused("other-post", "What is to change is another post.");
        }
        Optional<RawMessage> changed = changed(message, command.splices());
        if (changed.isEmpty()) {
          return new Refused("splices", "The changes do not fit the post.");
        }
        left = changed.get().sha256();
        ledger.send(
            MailRecords.mail(
                    Topics.POSTS,
                    post.id().value(),
                    RecordType.POST,
                    meta.withFormerKeys(keys(meta.formerKeys(), command.formerKeys())),
                    meta.mailId(),
                    changed.get())
                .inPartitionOf(list.id().value()));
      }
    }
    Removals.forgetInDigests(ledger, list, post.mailId());
    note(ledger, list, command, before, left, actor, now);
    return new Done("It is taken out of the post.", 1);
  }

  private static Optional<RawMessage> changed(RawMessage message, List<Splice> splices) {
    try {
      return Optional.of(Splice.apply(message, splices));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> keys(@Nullable List<String> before, List<String> now) {
    Set<String> keys = new LinkedHashSet<>(before == null ? List.of() : before);
    keys.addAll(now);
    return keys.stream().limit(MAX_KEYS).toList();
  }

  private static void note(
      Ledger ledger,
      MailingList list,
      RedactPost command,
      Optional<Removal> before,
      String left,
      String actor,
      Instant now) {
    ArchivedMail post = command.post();
    String reason = OneLine.of(command.reason(), Removals.MAX_REASON);
    String what = OneLine.of(command.what(), MAX_WHAT);
    ledger.put(
        new Removal(
            list.id(),
            post.id(),
            post.messageId(),
            post.date(),
            joined(before.map(Removal::reason), reason, Removals.MAX_REASON),
            actor,
            now,
            joined(before.map(Removal::redacted), what, MAX_WHAT),
            left));
    ledger.tell(
        new MailEvent(
            post.mailId(),
            now,
            MailEvent.Kind.REDACTED,
            list.id(),
            post.messageId(),
            "%s taken out of it in the archive of %s by %s: %s"
                .formatted(what, list.address(), actor, reason),
            0));
  }

  /** What was said when something was taken out before stays, if there is room. */
  private static String joined(Optional<String> before, String now, int max) {
    String both =
        before.filter(said -> !said.equals(now)).map(said -> said + "; " + now).orElse(now);
    return both.length() > max ? now : both;
  }

  private Redactions() {}
}
