package org.milena.listexpander.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.Sentence;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.settings.DeliveryMode;

/** One line of a command mail. */
sealed interface MailCommand {

  /**
   * Join.
   *
   * @param displayName empty for what the mail says
   * @param mode null for what is usual
   * @param address null for the one that one writes from
   */
  record Subscribe(String displayName, @Nullable DeliveryMode mode, @Nullable MailAddress address)
      implements MailCommand {
    /** With the address one writes from, as is usual. */
    static Subscribe plain() {
      return new Subscribe("", null, null);
    }
  }

  /**
   * Leave.
   *
   * @param address null for the one that one writes from
   */
  record Unsubscribe(@Nullable MailAddress address) implements MailCommand {}

  /** Answer a confirmation. */
  record Confirm(String token) implements MailCommand {}

  /** Ask how it works. */
  record Help() implements MailCommand {}

  /** Ask what the list is. */
  record Info() implements MailCommand {}

  /** Ask which lists there are. */
  record Lists() implements MailCommand {}

  /** Ask which lists one is on. */
  record Which() implements MailCommand {}

  /** Ask who the members are. */
  record Who() implements MailCommand {}

  /** Ask what one's options are. */
  record Show() implements MailCommand {}

  /** Change one's options. */
  record Change(OptionsPatch options) implements MailCommand {}

  /** Invite somebody; for owners. */
  record Invite(List<MailAddress> addresses) implements MailCommand {
    public Invite {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Close a thread; for owners and moderators.
   *
   * @param messageId of its first post; null for the thread that the mail belongs to
   */
  record Close(@Nullable MessageId messageId) implements MailCommand {}

  /** Open a thread again, likewise. */
  record Open(@Nullable MessageId messageId) implements MailCommand {}

  /**
   * Follow a thread, or mute it.
   *
   * @param messageId of one of its posts; null for the thread that the mail belongs to
   */
  record Wish(ThreadWish.Kind kind, @Nullable MessageId messageId) implements MailCommand {}

  /** End that, likewise. */
  record EndWish(ThreadWish.Kind kind, @Nullable MessageId messageId) implements MailCommand {}

  /** Say something back. */
  record Echo(String text) implements MailCommand {}

  /** Nothing below is a command. */
  record End() implements MailCommand {}

  /**
   * Not done, and why.
   *
   * @param reason part of a sentence
   */
  record Refused(Sentence reason) implements MailCommand {}
}
