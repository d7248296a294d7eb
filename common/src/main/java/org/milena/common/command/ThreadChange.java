package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MailAddress;

/** A moderator closes or opens a thread of a list; a member follows or mutes one. */
public sealed interface ThreadChange extends ListCommand {

  /**
   * A moderator closes a thread: posts that belong to it are held or rejected.
   *
   * @param messageId of the post it began with, without angle brackets
   * @param subject of that post; empty when answers are told by their references alone
   * @param rejects whether such posts are rejected; held otherwise
   * @param days after which it opens by itself; null for never
   */
  record CloseThread(
      String messageId,
      String subject,
      boolean rejects,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer days)
      implements ThreadChange {}

  /** A moderator opens a thread again. */
  record OpenThread(String messageId) implements ThreadChange {}

  /**
   * A member follows a thread, or mutes it.
   *
   * @param messageId of a post of the thread, without angle brackets
   * @param subject of that post; empty when answers are told by their references alone
   */
  record WishThread(MailAddress address, String messageId, String subject, ThreadWish.Kind kind)
      implements ThreadChange {}

  /**
   * A member ends such a wish.
   *
   * @param kind refused when the wish is of the other kind; null for either
   */
  record EndThreadWish(
      MailAddress address,
      String messageId,
      @JsonInclude(JsonInclude.Include.NON_NULL) ThreadWish.@Nullable Kind kind)
      implements ThreadChange {}
}
