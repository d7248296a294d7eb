package org.milena.listexpander.command;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.MessageId;
import org.milena.listexpander.command.MailCommands.Asker;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.posting.ThreadLocks;
import org.milena.listexpander.sentence.Phrase;
import org.milena.listexpander.thread.ThreadWishes;

/** Commands about the thread that is named, or else the one that the mail belongs to. */
final class ThreadCommands {

  /** Nothing more comes to it. */
  static void close(
      Ledger ledger, MailingList list, @Nullable MessageId named, Asker asker, Answers answers) {
    Optional<String> id = moderated(ledger, list, "close", named, asker, answers);
    if (id.isPresent()) {
      ThreadChange.CloseThread close =
          new ThreadChange.CloseThread(id.get(), subject(named, asker), false, null);
      said(
          ledger,
          list,
          "close",
          close,
          asker,
          answers,
          () -> ThreadLocks.close(ledger, list, close, asker.actor(), asker.origin().at()));
    }
  }

  /** It takes posts again. */
  static void open(
      Ledger ledger, MailingList list, @Nullable MessageId named, Asker asker, Answers answers) {
    Optional<String> id = moderated(ledger, list, "open", named, asker, answers);
    if (id.isPresent()) {
      ThreadChange.OpenThread open = new ThreadChange.OpenThread(id.get());
      said(
          ledger,
          list,
          "open",
          open,
          asker,
          answers,
          () -> ThreadLocks.open(ledger, list, open, asker.origin().at()));
    }
  }

  /** The asker follows or mutes it. */
  static void wish(
      Ledger ledger,
      MailingList list,
      ThreadWish.Kind kind,
      @Nullable MessageId named,
      Asker asker,
      Answers answers) {
    String word =
        switch (kind) {
          case FOLLOW -> "follow";
          case MUTE -> "mute";
        };
    Optional<String> id = own(word, named, asker, answers);
    if (id.isPresent()) {
      ThreadChange.WishThread wish =
          new ThreadChange.WishThread(asker.address(), id.get(), subject(named, asker), kind);
      said(
          ledger,
          list,
          word,
          wish,
          asker,
          answers,
          () -> ThreadWishes.wish(ledger, list, wish, asker.origin().at()));
    }
  }

  /** The asker ends that. */
  static void end(
      Ledger ledger,
      MailingList list,
      ThreadWish.Kind kind,
      @Nullable MessageId named,
      Asker asker,
      Answers answers) {
    String word =
        switch (kind) {
          case FOLLOW -> "unfollow";
          case MUTE -> "unmute";
        };
    Optional<String> id = own(word, named, asker, answers);
    if (id.isPresent()) {
      ThreadChange.EndThreadWish end =
          new ThreadChange.EndThreadWish(asker.address(), id.get(), kind);
      said(
          ledger,
          list,
          word,
          end,
          asker,
          answers,
          () -> ThreadWishes.end(ledger, list, end, asker.origin().at()));
    }
  }

  private static Optional<String> moderated(
      Ledger ledger,
      MailingList list,
      String word,
      @Nullable MessageId named,
      Asker asker,
      Answers answers) {
    if (!asker.proven() || !Questions.isModerator(ledger, list, asker.address())) {
      answers.say(word, Phrase.ONLY_MODERATORS.say(list.address()));
      return Optional.empty();
    }
    return id(word, named, asker, answers);
  }

  private static Optional<String> own(
      String word, @Nullable MessageId named, Asker asker, Answers answers) {
    if (!asker.proven()) {
      answers.say(word, Phrase.AUTHOR_NOT_PROVEN.say());
      return Optional.empty();
    }
    return id(word, named, asker, answers);
  }

  private static Optional<String> id(
      String word, @Nullable MessageId named, Asker asker, Answers answers) {
    Optional<String> id =
        named == null ? asker.thread().first() : Optional.of(named).map(MessageId::value);
    if (id.isEmpty()) {
      answers.say(word, Phrase.WHICH_THREAD.say());
    }
    return id;
  }

  /** A mail that answers tells the subject as well, under which others may answer. */
  private static String subject(@Nullable MessageId named, Asker asker) {
    return named == null && asker.thread().reply() ? asker.thread().subject() : "";
  }

  private static void said(
      Ledger ledger,
      MailingList list,
      String word,
      ListCommand command,
      Asker asker,
      Answers answers,
      Supplier<CommandOutcome> decision) {
    answers.said(word, MailCommands.noted(ledger, list, asker, command, decision));
  }

  private ThreadCommands() {}
}
