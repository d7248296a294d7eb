package org.milena.archive.web.removal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.redaction.PostRedaction;
import org.milena.archive.redaction.PostRedaction.Prepared;
import org.milena.archive.redaction.Wish;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.command.PostChange.ArchivedMail;
import org.milena.common.command.PostChange.RedactPost;
import org.milena.common.command.PostChange.RemovePosts;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Sender;

/**
 * Asks the owner of a list to take posts out of its archive, or something out of posts. Whether the
 * caller may ask is known before.
 */
public final class PostRemovals {
  private static final int MAX_REASON = 500;

  private final ArchiveIndex index;
  private final PostRedaction redaction;
  private final MessageMemory memory;
  private final Commands commands;

  /** Over one archive. */
  public PostRemovals(
      ArchiveIndex index, PostRedaction redaction, MessageMemory memory, Commands commands) {
    this.index = index;
    this.redaction = redaction;
    this.memory = memory;
    this.commands = commands;
  }

  /** All posts of the thread of a post, and one more than can go at once. */
  List<ArchivedPost> threadOf(MailingList list, ArchivedPost post) {
    return new ArrayList<>(index.thread(list.id(), post.thread(), RemovePosts.MOST_POSTS + 1));
  }

  /**
   * Takes posts out for good.
   *
   * @throws ApiProblem when that cannot be
   */
  CommandOutcome.Done remove(MailingList list, List<ArchivedPost> gone, @Nullable String reason) {
    String given = reason(reason);
    if (gone.isEmpty() || gone.size() > RemovePosts.MOST_POSTS) {
      throw ApiProblem.badRequest(
          "invalid-posts",
          "1 to %,d posts are removed at once, not %,d."
              .formatted(RemovePosts.MOST_POSTS, gone.size()));
    }
    return send(
        list, new RemovePosts(gone.stream().distinct().map(PostRemovals::named).toList(), given));
  }

  /**
   * Takes something out of a post.
   *
   * @throws ApiProblem when that cannot be
   */
  CommandOutcome.Done redact(
      MailingList list, ArchivedPost post, Wish wish, @Nullable String reason) {
    String given = reason(reason);
    wish.problem()
        .ifPresent(problem -> {
          throw ApiProblem.badRequest("invalid-redaction", problem);
        });
    return switch (prepared(post, wish, given)) {
      case Prepared.Refused(String code, String why) -> throw ApiProblem.conflict(code, why);
      case Prepared.Ready(RedactPost command, List<String> unread) ->
          withUnread(send(list, command), unread);
    };
  }

  private Prepared prepared(ArchivedPost post, Wish wish, String reason) {
    try (Held _ = memory.take(Use.REWRITTEN, post.size())) {
      return redaction.prepare(post, wish, reason);
    }
  }

  private static CommandOutcome.Done withUnread(CommandOutcome.Done done, List<String> unread) {
    return unread.isEmpty()
        ? done
        : new CommandOutcome.Done(
            done.text()
                + " Nobody can look into attachment "
                + String.join(", ", unread)
                + ": take it out, too, if it may hold a passage.",
            done.changed());
  }

  private CommandOutcome.Done send(MailingList list, ListCommand command) {
    Sender sender = Sender.current();
    return Sender.done(commands.send(list.id(), command, sender.actor(), sender.origin()));
  }

  private static String reason(@Nullable String reason) {
    String given = reason == null ? "" : reason.strip();
    if (given.isEmpty() || given.length() > MAX_REASON) {
      throw ApiProblem.badRequest(
          "invalid-reason",
          "Say in 1 to "
              + MAX_REASON
              + " characters why: whoever follows a link to the post reads it.");
    }
    return given;
  }

  private static ArchivedMail named(ArchivedPost post) {
    return new ArchivedMail(post.id(), post.mailId(), post.messageId(), post.date());
  }
}
