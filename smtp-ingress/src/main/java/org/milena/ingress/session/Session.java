package org.milena.ingress.session;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.ClientFacts.TlsFacts;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.Route;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ReversePath;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.acceptance.AcceptanceOutcome;
import org.milena.ingress.acceptance.Transaction;
import org.milena.ingress.address.RecipientRouter;
import org.milena.ingress.address.RoutingDecision;
import org.milena.ingress.auth.AuthOutcome;
import org.milena.ingress.auth.Authenticator;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.policy.Patience;

/**
 * One SMTP session. Takes lines, gives replies; knows nothing of how they travel.
 *
 * <h2>States</h2>
 *
 * {@code CONNECTED} until EHLO or HELO, {@code READY}, {@code MAIL} after MAIL, {@code MESSAGE}
 * after DATA until its outcome is known, {@code LOGIN} inside an AUTH exchange, {@code HANDSHAKE}
 * after STARTTLS, {@code CLOSED}. EHLO and HELO lead to {@code READY} from everywhere but the last
 * four, TLS leads back to {@code CONNECTED}. Every way out of a transaction goes through {@link
 * #forgetTransaction}.
 *
 * <p>For one thread.
 */
public final class Session {

  private enum State {
    CONNECTED,
    READY,
    MAIL,
    MESSAGE,
    LOGIN,
    HANDSHAKE,
    CLOSED
  }

  /** What a session asks others. */
  public record Services(RecipientRouter router, Authenticator authenticator, Storage storage) {}

  private final SessionSettings settings;
  private final Limits limits;
  private final Services services;
  private final Manners manners;
  private final Conversation with;
  private final OpenTransaction open;

  private State state = State.CONNECTED;

  private @Nullable Login exchange;
  private int messages;

  /** A session that has just begun. */
  public Session(SessionSettings settings, Services services, Client client) {
    this.settings = settings;
    this.limits = settings.limits();
    this.services = services;
    this.with = new Conversation(client);
    this.manners = new Manners(new Patience(limits));
    this.open = new OpenTransaction(limits.recipients());
  }

  /** The greeting. */
  public Step greet() {
    return Step.then(Step.Next.COMMAND, Replies.greeting(settings.hostname()));
  }

  /** The client spoke before our greeting. */
  public Step earlyTalk() {
    return left(close(Replies.NOT_YOUR_TURN));
  }

  /** Longest line, in octets with CRLF, that is worth reading now. */
  public int maxLine() {
    return state == State.LOGIN || mayLogIn() ? Limits.AUTH_LINE + 2 : limits.commandLine();
  }

  /**
   * Answers a line.
   *
   * @param more whether octets that followed it were here already when it was read; legal only
   *     within a group of commands (RFC 2920 section 3.1)
   */
  public Step on(Line line, boolean more) {
    return left(answer(line, more));
  }

  private Step answer(Line line, boolean more) {
    return switch (line) {
      case Line.Text(var text, _) when state == State.LOGIN -> loginResponse(text);
      case Line.Text(var text, var octets) -> command(text, octets, more);
      case Line.TooLong() when state == State.LOGIN -> endLogin(Replies.AUTH_LINE_TOO_LONG);
      case Line.TooLong() -> refuse(Replies.LINE_TOO_LONG);
      case Line.Endless() -> close(Replies.LINE_TOO_LONG);
      case Line.NotText() when state == State.LOGIN -> endLogin(Replies.NOT_BASE64);
      case Line.NotText() -> refuse(Replies.NOT_TEXT);
      case Line.BareLineEnd() -> close(Replies.BARE_LINE_END);
      case Line.Foreign() -> close(Replies.NOT_SMTP);
    };
  }

  private Step command(String text, int octets, boolean more) {
    if (octets > limits.commandLine() && !CommandParser.isAuth(text)) {
      return refuse(Replies.LINE_TOO_LONG);
    }
    Command command = CommandParser.parse(text);
    if (more && !command.mayBeFollowed(with.isExtended())) {
      return close(Replies.NOT_YOUR_TURN);
    }
    return switch (command) {
      case Command.Hello(var name, var isExtended) -> hello(name, isExtended);
      case Command.Mail mail -> mail(mail);
      case Command.Rcpt rcpt -> rcpt(rcpt);
      case Command.Data() -> data();
      case Command.Reset() -> {
        forgetTransaction();
        yield manners.junk(Replies.OK);
      }
      case Command.Noop() -> manners.junk(Replies.OK);
      case Command.Verify() -> manners.junk(Replies.CANNOT_VERIFY);
      case Command.Help() -> manners.junk(Replies.HELP);
      case Command.Quit() -> close(Replies.BYE);
      case Command.StartTls() -> startTls();
      case Command.Auth(var mechanism, var initial) -> auth(mechanism, initial);
      case Command.Refused(var reply) -> refuseCommand(text, reply);
      case Command.Fatal(var reply) -> close(reply);
    };
  }

  private Step hello(String name, boolean isExtended) {
    forgetTransaction();
    with.hello(name, isExtended);
    state = State.READY;
    return manners.junk(
        isExtended
            ? Extensions.hello(settings, !with.isEncrypted(), mayLogIn())
            : Replies.hello(settings.hostname()));
  }

  private Step mail(Command.Mail mail) {
    SmtpReply refusal = mailRefusal(mail);
    if (refusal != null) {
      return refusal.code() == 421 ? close(refusal) : refuse(refusal);
    }
    MailParameters parameters = parameters(mail);
    open.begin(mail.path(), new BodyFacts(parameters.eightBit(), parameters.smtpUtf8()));
    state = State.MAIL;
    return Step.then(Step.Next.COMMAND, Replies.SENDER_OK);
  }

  private MailParameters parameters(Command.Mail mail) {
    return MailParameters.read(
        mail.parameters(), with.isExtended(), isSubmission() && with.isEncrypted());
  }

  private @Nullable SmtpReply mailRefusal(Command.Mail mail) {
    if (state == State.CONNECTED) {
      return Replies.HELLO_FIRST;
    }
    if (state == State.MAIL) {
      return Replies.NESTED_MAIL;
    }
    if (isSubmission() && !with.isLoggedIn()) {
      return with.isEncrypted() ? Replies.LOGIN_FIRST : Replies.TLS_FIRST;
    }
    return messages >= limits.messages() ? Replies.TOO_MANY_MESSAGES : senderRefusal(mail);
  }

  private @Nullable SmtpReply senderRefusal(Command.Mail mail) {
    MailParameters parameters = parameters(mail);
    if (parameters.refusal() != null) {
      return parameters.refusal();
    }
    if (!mail.ascii() && !parameters.smtpUtf8()) {
      return Replies.NEEDS_SMTPUTF8;
    }
    if (parameters.size() > limits.messageSize()) {
      return Replies.TOO_LARGE;
    }
    if (!with.maySendAs(mail.path())) {
      return Replies.SENDER_NOT_YOURS;
    }
    return services.storage().isLow() ? Replies.NO_ROOM : null;
  }

  private Step rcpt(Command.Rcpt rcpt) {
    if (state != State.MAIL) {
      return refuse(state == State.CONNECTED ? Replies.HELLO_FIRST : Replies.MAIL_FIRST);
    }
    if (!rcpt.parameters().isEmpty()) {
      return refuseRecipient(Replies.PARAMETER_UNKNOWN);
    }
    if (!rcpt.ascii() && !open.body().smtpUtf8()) {
      return refuseRecipient(Replies.NEEDS_SMTPUTF8);
    }
    RoutingDecision decision =
        services
            .router()
            .decide(rcpt.path(), open.reversePath() instanceof ReversePath.Null, with.isLoggedIn());
    return switch (decision) {
      case RoutingDecision.Routed(var route) -> add(rcpt.path(), route);
      case RoutingDecision.Unknown() -> refuseRecipient(Replies.UNKNOWN_RECIPIENT);
      case RoutingDecision.RelayDenied() -> refuseRecipient(Replies.RELAY_DENIED);
      case RoutingDecision.NullSenderToList() -> refuseRecipient(Replies.NULL_SENDER);
      case RoutingDecision.ViewTooOld() -> refuseRecipient(Replies.LATER);
    };
  }

  private Step add(ForwardPath path, Route route) {
    return switch (open.add(path, route)) {
      case ADDED -> Step.then(Step.Next.COMMAND, Replies.RECIPIENT_OK);
      case THERE_ALREADY -> manners.fruitless(Replies.RECIPIENT_OK);
      case ONE_TOO_MANY -> refuse(Replies.TOO_MANY_RECIPIENTS);
    };
  }

  private Step data() {
    if (state != State.MAIL) {
      return refuse(state == State.CONNECTED ? Replies.HELLO_FIRST : Replies.MAIL_FIRST);
    }
    if (open.isWithoutRecipients()) {
      return refuse(open.anyRefused() ? Replies.NO_VALID_RECIPIENTS : Replies.RCPT_FIRST);
    }
    state = State.MESSAGE;
    return Step.then(Step.Next.MESSAGE, Replies.GO_AHEAD);
  }

  /**
   * The transaction whose message is to be read.
   *
   * @throws IllegalStateException when there is none
   */
  public Transaction transaction() {
    if (state != State.MESSAGE) {
      throw new IllegalStateException("no message is due");
    }
    AuthOutcome.Authenticated login = with.login();
    return new Transaction(
        open.reversePath(),
        open.recipients(),
        open.body(),
        with.facts(open.body()),
        login == null ? null : login.addresses());
  }

  /** The message came to its end, and this became of it. */
  public Step messageEnded(AcceptanceOutcome outcome) {
    forgetTransaction();
    return left(answer(outcome));
  }

  private Step answer(AcceptanceOutcome outcome) {
    return switch (outcome) {
      case AcceptanceOutcome.Accepted(var id) -> {
        messages++;
        yield manners.taken(Replies.queued(id));
      }
      case AcceptanceOutcome.TooLarge() -> refuse(Replies.TOO_LARGE);
      case AcceptanceOutcome.HeaderTooLong() -> refuse(Replies.HEADER_TOO_LONG);
      case AcceptanceOutcome.TooManyHops() -> refuse(Replies.TOO_MANY_HOPS);
      case AcceptanceOutcome.AuthorNotYours() -> refuse(Replies.AUTHOR_NOT_YOURS);
      case AcceptanceOutcome.NoRoom() -> refuse(Replies.NO_ROOM);
      case AcceptanceOutcome.BrokerAway() -> refuse(Replies.LATER);
    };
  }

  /** The message had a bare CR or LF, so nobody can say where it ends. */
  public Step messageUnreadable() {
    return left(close(Replies.BARE_LINE_END));
  }

  private Step startTls() {
    if (state == State.CONNECTED) {
      return refuse(Replies.HELLO_FIRST);
    }
    if (with.isEncrypted()) {
      return refuse(Replies.TLS_ALREADY);
    }
    forgetTransaction();
    state = State.HANDSHAKE;
    return Step.then(Step.Next.HANDSHAKE, Replies.READY_FOR_TLS);
  }

  /** TLS is on: nothing that was said before counts (RFC 3207 section 4.2). */
  public void secured(TlsFacts facts) {
    forgetTransaction();
    with.secured(facts);
    state = State.CONNECTED;
  }

  private Step auth(String mechanism, @Nullable String initial) {
    if (!isSubmission()) {
      return refuse(Replies.NO_LOGIN_HERE);
    }
    if (!with.isEncrypted()) {
      return refuse(Replies.TLS_BEFORE_LOGIN);
    }
    if (state == State.CONNECTED) {
      return refuse(Replies.HELLO_FIRST);
    }
    if (with.isLoggedIn()) {
      return refuse(Replies.LOGGED_IN_ALREADY);
    }
    if (state != State.READY) {
      return refuse(Replies.IN_TRANSACTION);
    }
    Login begun = Login.of(mechanism);
    if (begun == null) {
      return refuse(Replies.MECHANISM_UNKNOWN);
    }
    exchange = begun;
    state = State.LOGIN;
    return turn(begun.begin(initial));
  }

  private Step loginResponse(String response) {
    Login current = exchange;
    if (current == null) {
      throw new IllegalStateException("no login is under way");
    }
    return turn(current.answer(response));
  }

  private Step turn(Login.Turn turn) {
    return switch (turn) {
      case Login.Turn.Ask(var question) -> Step.then(Step.Next.AUTH_RESPONSE, question);
      case Login.Turn.Failed(var reply) -> endLogin(reply);
      case Login.Turn.Check(var name, var password) ->
          switch (services.authenticator().check(name, password)) {
            case AuthOutcome.Authenticated authenticated -> {
              with.loggedIn(authenticated);
              yield endLogin(Replies.LOGGED_IN);
            }
            case AuthOutcome.Rejected() -> endLogin(Replies.LOGIN_FAILED);
            case AuthOutcome.Unavailable() -> endLogin(Replies.LOGIN_LATER);
          };
    };
  }

  private Step endLogin(SmtpReply reply) {
    exchange = null;
    state = State.READY;
    return manners.endLogin(reply);
  }

  private boolean isSubmission() {
    return settings.role().isForSubmission();
  }

  private boolean mayLogIn() {
    return isSubmission() && with.isEncrypted() && !with.isLoggedIn();
  }

  private Step refuseCommand(String text, SmtpReply reply) {
    if (text.regionMatches(true, 0, "RCPT", 0, 4) && state == State.MAIL) {
      open.recipientRefused();
    }
    return refuse(reply);
  }

  private Step refuseRecipient(SmtpReply reply) {
    open.recipientRefused();
    return refuse(reply);
  }

  private Step refuse(SmtpReply reply) {
    return manners.refuse(reply);
  }

  private static Step close(SmtpReply reply) {
    return Step.then(Step.Next.CLOSE, reply);
  }

  /** After a goodbye nothing is heard any more. */
  private Step left(Step step) {
    if (step.next() == Step.Next.CLOSE) {
      forgetTransaction();
      state = State.CLOSED;
    }
    return step;
  }

  /** The one way out of a transaction. */
  private void forgetTransaction() {
    open.forget();
    if (state == State.MAIL || state == State.MESSAGE) {
      state = State.READY;
    }
  }
}
