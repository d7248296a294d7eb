package org.milena.listexpander.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.notice.AnswerPolicy;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/**
 * Carries out what a mail to {@code -request}, {@code -subscribe} and the like asks for.
 *
 * <p>Who is not proven to have written it gets no answer, or a forged mail would bring one to
 * somebody who asked nothing. What must be confirmed is asked all the same, once a day: the
 * confirmation is the proof.
 */
public final class MailCommands {
  /** Most commands of one mail that are carried out. */
  static final int MAX_COMMANDS = 5;

  private static final String UNPROVEN = "The author's address is not proven, so nobody was told.";

  private final Subscriptions subscriptions;
  private final Tokens tokens;
  private final Notices notices;
  private final Texts texts;

  public MailCommands(Subscriptions subscriptions, Tokens tokens, Notices notices, Texts texts) {
    this.subscriptions = subscriptions;
    this.tokens = tokens;
    this.notices = notices;
    this.texts = texts;
  }

  /** A mail to {@code -request}: commands in its subject or its first lines. */
  public void request(
      Ledger ledger, MailingList list, ListMail mail, Optional<Account> submitter, Instant now) {
    run(ledger, list, mail, submitter, read(mail), now);
  }

  /** A mail to {@code -subscribe}. */
  public void subscribe(
      Ledger ledger, MailingList list, ListMail mail, Optional<Account> submitter, Instant now) {
    run(ledger, list, mail, submitter, List.of(new MailCommand.Subscribe()), now);
  }

  /** A mail to {@code -unsubscribe}. */
  public void unsubscribe(
      Ledger ledger, MailingList list, ListMail mail, Optional<Account> submitter, Instant now) {
    run(ledger, list, mail, submitter, List.of(new MailCommand.Unsubscribe()), now);
  }

  /** A mail to {@code -confirm+TOKEN}; without a token, its subject may have one. */
  public void confirm(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Optional<Account> submitter,
      @Nullable String token,
      Instant now) {
    run(
        ledger,
        list,
        mail,
        submitter,
        token == null ? read(mail) : List.of(new MailCommand.Confirm(token)),
        now);
  }

  private static List<MailCommand> read(ListMail mail) {
    List<MailCommand> commands = new ArrayList<>();
    MailCommand.parseSubject(mail.facts().subject()).ifPresent(commands::add);
    if (commands.isEmpty() || !(commands.getFirst() instanceof MailCommand.Confirm)) {
      for (String line : CommandText.of(mail.message())) {
        Optional<MailCommand> command = MailCommand.parse(line);
        if (command.isEmpty()) {
          break; // text begins, a signature or what is quoted
        }
        if (!commands.contains(command.get())) {
          commands.add(command.get());
        }
      }
    }
    return commands.isEmpty() ? List.of(new MailCommand.Help()) : commands;
  }

  private void run(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Optional<Account> submitter,
      List<MailCommand> commands,
      Instant now) {
    Optional<String> silence = AnswerPolicy.silence(mail, list);
    if (silence.isPresent()) {
      tell(ledger, list, mail, "Commands ignored: " + silence.get() + ".", now);
      return;
    }
    MailAddress asker = AnswerPolicy.asker(mail).orElseThrow();
    Optional<Authorship.Proven> proven = mail.provenAuthor(submitter);
    Answers answers = new Answers();
    int done = 0;
    for (MailCommand command : commands) {
      if (command instanceof MailCommand.End) {
        break;
      }
      if (done++ == MAX_COMMANDS) {
        answers.say("Only the first " + MAX_COMMANDS + " commands of a mail are carried out.");
        break;
      }
      carryOut(ledger, list, mail, command, asker, proven.isPresent(), answers, now);
    }
    String answered =
        answers
            .notice(ledger, list, asker)
            .map(notice ->
                proven
                    .map(author -> notices.answer(ledger, list, mail, author, notice, now))
                    .orElse(UNPROVEN))
            .map(told -> " " + told)
            .orElse("");
    tell(ledger, list, mail, String.join(" ", answers.story) + answered, now);
  }

  private void carryOut(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      MailCommand command,
      MailAddress asker,
      boolean proven,
      Answers answers,
      Instant now) {
    switch (command) {
      case MailCommand.Subscribe() -> {
        String name =
            mail.facts().authors().stream()
                .findFirst()
                .map(HeaderMailbox::displayName)
                .map(text -> text.length() <= 200 ? text : "")
                .orElse("");
        CommandOutcome outcome = subscriptions.subscribe(ledger, list, asker, name, mail.id(), now);
        // whoever can join gets the confirmation or the welcome, which says it all
        answers.outcome("subscribe", outcome);
        if (outcome instanceof CommandOutcome.Refused(var code, _) && code.equals("closed")) {
          answers.only = texts.closed(ledger, list, asker);
        }
      }
      case MailCommand.Unsubscribe() -> {
        boolean member = Subscriptions.isMember(ledger, list.id(), asker);
        CommandOutcome outcome =
            subscriptions.unsubscribe(ledger, list, asker, proven, mail.id(), now);
        answers.outcome("unsubscribe", outcome);
        if (!member) {
          answers.only = texts.notMember(ledger, list, asker);
        } else if (proven) {
          answers.only = texts.goodbye(ledger, list, asker);
        }
      }
      case MailCommand.Confirm(var token) -> {
        CommandOutcome outcome =
            tokens
                .requestId(token)
                .map(id -> subscriptions.confirm(ledger, list, id, mail.id(), now))
                .orElseGet(() ->
                    new CommandOutcome.NotFound(
                        "This token is not ours, or is too old; ask again."));
        answers.outcome("confirm", outcome);
      }
      case MailCommand.Help() -> {
        answers.story.add("help");
        answers.only = texts.help(ledger, list, asker);
      }
      case MailCommand.Refused(var reason) -> answers.say("Not done: " + reason + ".");
      case MailCommand.End() -> throw new IllegalStateException("ends the loop above");
    }
  }

  private static void tell(
      Ledger ledger, MailingList list, ListMail mail, String text, Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.COMMAND, list.id(), text, 0));
  }

  /** Gathers what is said, so that a mail gets one answer at most. */
  private final class Answers {
    final List<String> story = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    @Nullable Notice only;

    void say(String line) {
      story.add(line);
      lines.add(line);
    }

    /** What was done is told by other mail, to the address it was done to. */
    void outcome(String command, CommandOutcome outcome) {
      switch (outcome) {
        case CommandOutcome.Done(var text, _) -> story.add(command + ": " + text);
        case CommandOutcome.Refused(_, var text) -> say(command + ": " + text);
        case CommandOutcome.NotFound(var text) -> say(command + ": " + text);
      }
    }

    /** The one text where there is one; all lines where there are several; else nothing. */
    Optional<Notice> notice(Ledger ledger, MailingList list, MailAddress asker) {
      Notice text = only;
      if (text != null) {
        return Optional.of(text);
      }
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(texts.results(ledger, list, asker, lines));
    }
  }
}
