package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.ListCommand.HeldDecision;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.incoming.FirstText;
import org.milena.listexpander.moderation.HeldQueue;

/** What API and pages both do with held posts. */
public final class HeldPosts {
  private static final int MAX_HEADER = 64 * 1024;
  private static final int MAX_TEXT = 64 * 1024;

  private final HeldQueue queue;
  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;

  public HeldPosts(
      HeldQueue queue, Directory directory, ListAccess access, CommandSender commands) {
    this.queue = queue;
    this.directory = directory;
    this.access = access;
    this.commands = commands;
  }

  /** A held post and its list. */
  record Found(Hold hold, MailingList list) {}

  /**
   * What a moderator reads before deciding.
   *
   * @param header as it came, cut after 64 KiB
   * @param text the first plain text, cut after 64 KiB; empty without one
   */
  record Content(String header, String text) {}

  /**
   * The held post of this id, for its moderators.
   *
   * @throws ApiProblem when there is none, or the caller may not decide about it
   */
  Found require(String id) {
    Hold hold =
        queue
            .find(id)
            .orElseThrow(() ->
                ApiProblem.notFound("No post is held as " + id + "; perhaps it was decided."));
    MailingList list =
        directory
            .list(hold.list())
            .orElseThrow(() -> ApiProblem.notFound("The list of this post is gone."));
    access.requireModerate(list);
    return new Found(hold, list);
  }

  /** Its header and text. */
  Content content(Hold hold) {
    try {
      RawMessage message = queue.message(hold);
      int end = Math.min(HeaderBlock.of(message).bodyOffset(), MAX_HEADER);
      return new Content(
          new String(message.unsafeBytes(), 0, end, StandardCharsets.UTF_8),
          FirstText.of(message, MAX_TEXT).orElse(""));
    } catch (DeadPointerException e) {
      throw ApiProblem.notFound("The message of this post is gone: " + e.getMessage());
    }
  }

  /** Carries a decision out. */
  CommandOutcome.Done decide(Found found, HeldDecision decision, String comment) {
    return commands.send(
        found.list().id(), new ListCommand.DecideHeld(found.hold().holdId(), decision, comment));
  }
}
