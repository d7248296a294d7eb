package org.milena.listexpander.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Sentence;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.membership.Networks;
import org.milena.listexpander.membership.Newcomer;
import org.milena.listexpander.membership.Origin;
import org.milena.listexpander.membership.Proof;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.notice.AnswerPolicy;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.posting.ThreadMarks;
import org.milena.listexpander.sentence.Phrase;

/**
 * Carries out what a mail to {@code -request}, {@code -subscribe} and the like asks for.
 *
 * <p>Who is not proven to have written it gets no answer, or a forged mail would bring one to
 * somebody who asked nothing. What must be confirmed is asked all the same: the confirmation is the
 * proof. Nobody joins or leaves for others: another address counts only where it belongs to the
 * same person.
 */
public final class MailCommands {
  /** Most commands of one mail that are carried out. */
  static final int MAX_COMMANDS = 5;

  private static final int MAX_NAME = 200;
  private static final String UNPROVEN = "The author's address is not proven, so nobody was told.";

  private final Subscriptions subscriptions;
  private final Tokens tokens;
  private final Notices notices;
  private final Texts texts;
  private final Questions questions;
  private final MemberEdits members;

  public MailCommands(
      Subscriptions subscriptions,
      MemberEdits members,
      Tokens tokens,
      Notices notices,
      Texts texts) {
    this.subscriptions = subscriptions;
    this.members = members;
    this.tokens = tokens;
    this.notices = notices;
    this.texts = texts;
    this.questions = new Questions(texts);
  }

  /**
   * A mail to {@code -request}: commands in its subject or its first lines.
   *
   * @param word the command, where the address says it: {@code users+help}
   */
  public void request(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Optional<Account> submitter,
      @Nullable String word,
      Instant now) {
    List<MailCommand> commands =
        word == null
            ? read(list, mail)
            : List.of(word.equals("list") ? new MailCommand.Who() : new MailCommand.Help());
    run(ledger, list, mail, submitter, commands, now);
  }

  /**
   * A mail to {@code -subscribe}.
   *
   * @param how {@code digest}, {@code nomail}, or null
   */
  public void subscribe(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Optional<Account> submitter,
      @Nullable String how,
      Instant now) {
    DeliveryMode mode = how == null ? null : SetReader.mode(how).orElse(null);
    run(ledger, list, mail, submitter, List.of(new MailCommand.Subscribe("", mode, null)), now);
  }

  /** A mail to {@code -unsubscribe}. */
  public void unsubscribe(
      Ledger ledger, MailingList list, ListMail mail, Optional<Account> submitter, Instant now) {
    run(ledger, list, mail, submitter, List.of(new MailCommand.Unsubscribe(null)), now);
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
        token == null ? read(list, mail) : List.of(new MailCommand.Confirm(token)),
        now);
  }

  private static List<MailCommand> read(MailingList list, ListMail mail) {
    String subject = mail.facts().subject();
    boolean answer = !ThreadMarks.of(HeaderBlock.of(mail.message()), subject).parents().isEmpty();
    List<MailCommand> commands =
        new CommandReader(list.address()).all(subject, answer, CommandText.of(mail.message()));
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
    Optional<Authorship.Proven> proven = mail.provenAuthor(submitter);
    Asker asker =
        new Asker(
            AnswerPolicy.asker(mail).orElseThrow(),
            name(mail),
            proven.isPresent(),
            ThreadMarks.of(HeaderBlock.of(mail.message()), mail.facts().subject()),
            new Origin(
                mail.id(),
                proven.isPresent() ? null : Networks.of(mail.meta().client().address()),
                now));
    Answers answers = new Answers(texts);
    int done = 0;
    for (MailCommand command : commands) {
      if (command instanceof MailCommand.End) {
        break;
      }
      if (done++ == MAX_COMMANDS) {
        answers.say(Phrase.ONLY_FIRST_COMMANDS.say(MAX_COMMANDS));
        break;
      }
      carryOut(ledger, list, command, asker, answers);
    }
    String answered =
        answers
            .notice(ledger, list, asker.address())
            .map(notice ->
                proven
                    .map(author -> notices.answer(ledger, list, mail, author, notice, now))
                    .orElse(UNPROVEN))
            .map(told -> " " + told)
            .orElse("");
    tell(ledger, list, mail, answers.story() + answered, now);
  }

  /**
   * Who wrote the mail.
   *
   * @param proven whether that is certain
   * @param thread where the mail belongs
   */
  record Asker(
      MailAddress address, String name, boolean proven, ThreadMarks thread, Origin origin) {
    /** As the log of changes names him. */
    String actor() {
      return Audit.MAIL + address;
    }
  }

  private void carryOut(
      Ledger ledger, MailingList list, MailCommand command, Asker asker, Answers answers) {
    switch (command) {
      case MailCommand.Subscribe join -> subscribe(ledger, list, join, asker, answers);
      case MailCommand.Unsubscribe(var address) ->
          unsubscribe(ledger, list, address, asker, answers);
      case MailCommand.Confirm(var token) ->
          answers.outcome(
              "confirm",
              tokens
                  .requestId(token)
                  .map(id -> confirm(ledger, list, id, asker))
                  .orElseGet(() -> new CommandOutcome.NotFound(Phrase.TOKEN_NOT_OURS.say())));
      case MailCommand.Change(var options) -> change(ledger, list, options, asker, answers);
      case MailCommand.Invite(var addresses) -> {
        if (asker.proven() && Questions.isOwner(ledger, list, asker.address())) {
          RequestChange.Invite invite = new RequestChange.Invite(addresses, "");
          answers.said(
              "invite",
              noted(
                  ledger,
                  list,
                  asker,
                  invite,
                  () -> subscriptions.invite(ledger, list, invite, asker.origin())));
        } else {
          answers.say("invite", Phrase.ONLY_OWNERS_INVITE.say(list.address()));
        }
      }
      case MailCommand.Close(var id) -> ThreadCommands.close(ledger, list, id, asker, answers);
      case MailCommand.Open(var id) -> ThreadCommands.open(ledger, list, id, asker, answers);
      case MailCommand.Wish(var kind, var id) ->
          ThreadCommands.wish(ledger, list, kind, id, asker, answers);
      case MailCommand.EndWish(var kind, var id) ->
          ThreadCommands.end(ledger, list, kind, id, asker, answers);
      case MailCommand.Echo(var text) -> answers.say(Sentence.plain("echo " + text));
      case MailCommand.Refused(var reason) -> answers.say(Phrase.NOT_DONE.say(reason));
      case MailCommand.Help _,
          MailCommand.Info _,
          MailCommand.Lists _,
          MailCommand.Which _,
          MailCommand.Who _,
          MailCommand.Show _ ->
          questions.answer(ledger, list, command, asker, answers);
      case MailCommand.End() -> throw new IllegalStateException("ends the loop above");
    }
  }

  private void subscribe(
      Ledger ledger, MailingList list, MailCommand.Subscribe join, Asker asker, Answers answers) {
    MailAddress joining = own(ledger, join.address(), asker);
    if (joining == null) {
      answers.say("subscribe", Phrase.ONLY_ADDRESS_ITSELF.say());
      return;
    }
    String name = join.displayName().isEmpty() ? asker.name() : join.displayName();
    CommandOutcome outcome =
        noted(
            ledger,
            list,
            asker,
            new RequestChange.Subscribe(joining, name, join.mode()),
            () ->
                subscriptions.subscribe(
                    ledger, list, new Newcomer(joining, name, join.mode()), asker.origin()));
    // whoever can join gets the confirmation or the welcome, which says it all
    if (outcome instanceof CommandOutcome.Refused(var code, var text, _) && code.equals("closed")) {
      answers.note("subscribe: " + text);
      answers.add(texts.closed(ledger, list, asker.address()));
    } else {
      answers.outcome("subscribe", outcome);
    }
  }

  private void unsubscribe(
      Ledger ledger,
      MailingList list,
      @Nullable MailAddress address,
      Asker asker,
      Answers answers) {
    MailAddress leaving = own(ledger, address, asker);
    if (leaving == null) {
      answers.say("unsubscribe", Phrase.ONLY_ADDRESS_ITSELF.say());
      return;
    }
    boolean member = Subscriptions.isMember(ledger, list.id(), leaving);
    Proof proof = asker.proven() ? Proof.AUTHOR : Proof.NONE;
    answers.outcome(
        "unsubscribe",
        noted(
            ledger,
            list,
            asker,
            new RequestChange.Unsubscribe(leaving, false),
            () -> subscriptions.unsubscribe(ledger, list, leaving, proof, asker.origin())));
    if (!member) {
      answers.add(texts.notMember(ledger, list, leaving));
    }
  }

  private void change(
      Ledger ledger, MailingList list, OptionsPatch options, Asker asker, Answers answers) {
    if (!asker.proven()) {
      answers.say("set", Phrase.AUTHOR_NOT_PROVEN.say());
      return;
    }
    MemberChange.ChangeOptions change =
        new MemberChange.ChangeOptions(asker.address(), options, null);
    answers.said(
        "set",
        noted(
            ledger,
            list,
            asker,
            change,
            () -> members.options(ledger, list, change, asker.origin().at())));
  }

  private CommandOutcome confirm(Ledger ledger, MailingList list, String requestId, Asker asker) {
    return noted(
        ledger,
        list,
        asker,
        new RequestChange.Confirm(requestId),
        () -> subscriptions.confirm(ledger, list, requestId, asker.origin()));
  }

  /** Carries it out, and writes down for good who wanted what and what became of it. */
  static CommandOutcome noted(
      Ledger ledger,
      MailingList list,
      Asker asker,
      ListCommand command,
      Supplier<CommandOutcome> decision) {
    CommandOutcome outcome = decision.get();
    Audit.mail(
        ledger,
        list,
        asker.address(),
        asker.origin().cause(),
        command,
        outcome,
        asker.origin().at());
    return outcome;
  }

  /** The address somebody speaks of, when it is his own: null when it is not. */
  private static @Nullable MailAddress own(
      Ledger ledger, @Nullable MailAddress wanted, Asker asker) {
    if (wanted == null || wanted.key().equals(asker.address().key())) {
      return asker.address();
    }
    boolean own =
        asker.proven()
            && ledger.accounts().stream()
                .anyMatch(account -> account.owns(asker.address()) && account.owns(wanted));
    return own ? wanted : null;
  }

  /** What the mail calls its author; empty when that is no name for a member. */
  private static String name(ListMail mail) {
    return mail.facts().authors().stream()
        .findFirst()
        .map(HeaderMailbox::displayName)
        .filter(name -> name.length() <= MAX_NAME)
        .orElse("");
  }

  private static void tell(
      Ledger ledger, MailingList list, ListMail mail, String text, Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.COMMAND, list.id(), text, 0));
  }
}
