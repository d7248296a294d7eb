package org.milena.egress.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.status.SmtpReply;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Answered;
import org.milena.egress.outcome.Happening.Broken;
import org.milena.egress.outcome.Happening.Cause;
import org.milena.egress.outcome.Phase;

/**
 * A session with one host, from the greeting to QUIT, with many transactions. For one thread at a
 * time.
 *
 * <pre>
 * NEW --open--> READY --transact--> READY | SOILED | DEAD
 * SOILED: a transaction is still open there; the next one begins with RSET
 * DEAD: nothing more can be said over this wire
 * </pre>
 *
 * Where the host offers PIPELINING (RFC 2920), MAIL, all RCPT and DATA go out in one piece, and the
 * content in another: a message costs two round trips.
 */
public final class SmtpSession {
  /** Octets of a content that are sent before the time begins anew. */
  private static final int BLOCK = 1 << 16;

  private static final byte[] LONE_DOT = {'.', '\r', '\n'};
  private static final int SERVICE_CLOSING = 421;

  private final Wire wire;
  private final String host;
  private final String ourName;
  private final boolean encryptWherePossible;
  private final Timeouts timeouts;
  private final ReplyReader replies;
  private Capabilities capabilities = Capabilities.NONE;
  private State state = State.NEW;
  private int transactions;

  private enum State {
    NEW,
    READY,
    SOILED,
    DEAD
  }

  /**
   * @param host its name, for what we tell of it
   * @param ourName said in EHLO
   * @param encryptWherePossible whether STARTTLS is used where it is offered, with any certificate
   *     (RFC 7435)
   */
  public SmtpSession(
      Wire wire, String host, String ourName, boolean encryptWherePossible, Timeouts timeouts) {
    this.wire = wire;
    this.host = host;
    this.ourName = ourName;
    this.encryptWherePossible = encryptWherePossible;
    this.timeouts = timeouts;
    this.replies = new ReplyReader(wire);
  }

  /** Hears the greeting and introduces us; empty when all is well, else why the host is no use. */
  public Optional<Happening> open() {
    Optional<Happening> trouble = introduce();
    state = trouble.isEmpty() ? State.READY : State.DEAD;
    return trouble;
  }

  private Optional<Happening> introduce() {
    Phase phase = Phase.GREETING;
    try {
      wire.within(timeouts.command());
      SmtpReply greeting = replies.read();
      if (greeting.code() != 220) {
        return Optional.of(new Answered(host, phase, greeting));
      }
      phase = Phase.HELO;
      SmtpReply hello = hello();
      if (hello.code() != 250 || !encryptWherePossible || !capabilities.startTls()) {
        return refused(phase, hello);
      }
      phase = Phase.STARTTLS;
      SmtpReply goOn = ask("STARTTLS");
      if (goOn.code() != 220) {
        return goOn.code() == SERVICE_CLOSING ? refused(phase, goOn) : Optional.empty();
      }
      if (replies.hasUnread()) {
        throw new WireException(Cause.TLS, "something was said before encryption began");
      }
      wire.encrypt();
      phase = Phase.HELO;
      return refused(phase, hello());
    } catch (WireException e) {
      return Optional.of(new Broken(host, phase, e.why(), e.detail()));
    }
  }

  private SmtpReply hello() throws WireException {
    SmtpReply reply = ask("EHLO " + ourName);
    if (reply.code() == 250) {
      capabilities = Capabilities.of(reply);
    } else if (reply.permanentFailure()) {
      reply = ask("HELO " + ourName);
      capabilities = Capabilities.NONE;
    }
    return reply;
  }

  private Optional<Happening> refused(Phase phase, SmtpReply reply) {
    return reply.code() == 250 ? Optional.empty() : Optional.of(new Answered(host, phase, reply));
  }

  private SmtpReply ask(String command) throws WireException {
    wire.within(timeouts.command());
    say(command);
    wire.flush();
    return replies.read();
  }

  private void say(String command) throws WireException {
    byte[] octets = (command + "\r\n").getBytes(StandardCharsets.UTF_8);
    wire.write(octets, 0, octets.length);
  }

  /** Whether another transaction may be tried. */
  public boolean usable() {
    return (state == State.READY || state == State.SOILED)
        && (capabilities.maxTransactions() == 0 || transactions < capabilities.maxTransactions());
  }

  /** Transactions so far. */
  public int transactions() {
    return transactions;
  }

  /** What the host offers. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** Offers a message. */
  public TransactionEnd transact(Transaction transaction) {
    Happening[] told = new Happening[transaction.recipients().size()];
    Offer offer = new Offer(transaction, host, capabilities);
    if (!offer.tellMisfits(told)) {
      return new TransactionEnd.Told(Arrays.asList(told));
    }
    boolean reused = transactions++ > 0;
    Course course = new Course(transaction, offer, told);
    try {
      if (capabilities.pipelining()) {
        course.pipelined();
      } else {
        course.inTurn();
      }
    } catch (WireException e) {
      state = State.DEAD;
      if (reused && course.phase == Phase.MAIL && !course.heard && e.why() == Cause.LOST) {
        return new TransactionEnd.Stale();
      }
      course.restTold(new Broken(host, course.phase, e.why(), course.detail(e)));
    }
    if (reused && course.closedAtMail) {
      return new TransactionEnd.Stale();
    }
    return course.cut ? new TransactionEnd.CutOff() : new TransactionEnd.Told(Arrays.asList(told));
  }

  /** Says good-bye and closes. */
  public void quit() {
    if (state == State.READY || state == State.SOILED) {
      try {
        wire.within(timeouts.command());
        say("QUIT");
        wire.flush();
      } catch (WireException _) {
        // it has gone first
      }
    }
    close();
  }

  /** Closes without a word. */
  public void close() {
    state = State.DEAD;
    wire.close();
  }

  /** One transaction on its way. */
  private final class Course {
    final Transaction transaction;
    final Offer offer;
    final @Nullable Happening[] told;
    final int[] asked;
    Phase phase = Phase.MAIL;
    boolean heard;
    boolean closedAtMail;
    boolean cut;
    int accepted;

    Course(Transaction transaction, Offer offer, @Nullable Happening[] told) {
      this.transaction = transaction;
      this.offer = offer;
      this.told = told;
      int[] open = new int[told.length];
      int count = 0;
      for (int i = 0; i < told.length; i++) {
        if (told[i] == null) {
          open[count++] = i;
        }
      }
      this.asked = Arrays.copyOf(open, count);
    }

    /** All commands at once (RFC 2920 section 3.1). */
    void pipelined() throws WireException {
      wire.within(timeouts.command());
      boolean reset = state == State.SOILED;
      if (reset) {
        say("RSET");
      }
      say(offer.mail(asked));
      for (int i : asked) {
        say(offer.rcpt(i));
      }
      say("DATA");
      wire.flush();
      if (reset && closing(hear(Phase.MAIL))) {
        return;
      }
      SmtpReply mail = hear(Phase.MAIL);
      boolean begun = mail.code() / 100 == 2;
      if (closing(mail)) {
        return;
      }
      if (!begun) {
        restTold(new Answered(host, Phase.MAIL, mail));
      }
      for (int i : asked) {
        SmtpReply reply = hear(Phase.RCPT);
        if (closing(reply)) {
          return;
        }
        if (begun) {
          judge(i, reply);
        }
      }
      wire.within(timeouts.dataStart());
      SmtpReply data = hear(Phase.DATA);
      afterData(data);
    }

    /** One command after the other. */
    void inTurn() throws WireException {
      if (state == State.SOILED && closing(ask("RSET"))) {
        return;
      }
      SmtpReply mail = ask(offer.mail(asked));
      heard = true;
      if (closing(mail)) {
        return;
      }
      if (mail.code() / 100 != 2) {
        restTold(new Answered(host, Phase.MAIL, mail));
        return;
      }
      phase = Phase.RCPT;
      for (int i : asked) {
        SmtpReply reply = ask(offer.rcpt(i));
        if (closing(reply)) {
          return;
        }
        judge(i, reply);
      }
      if (accepted == 0) {
        state = State.SOILED;
        return;
      }
      phase = Phase.DATA;
      wire.within(timeouts.dataStart());
      say("DATA");
      wire.flush();
      afterData(replies.read());
    }

    private SmtpReply hear(Phase now) throws WireException {
      phase = now;
      SmtpReply reply = replies.read();
      heard = true;
      return reply;
    }

    /** 421 at any time (RFC 5321 section 3.8): nobody else is served over this wire. */
    private boolean closing(SmtpReply reply) {
      if (reply.code() != SERVICE_CLOSING) {
        return false;
      }
      state = State.DEAD;
      closedAtMail = phase == Phase.MAIL;
      restTold(new Answered(host, phase, reply));
      return true;
    }

    private void judge(int recipient, SmtpReply reply) {
      if (reply.code() / 100 == 2) {
        accepted++;
      } else {
        told[recipient] = new Answered(host, Phase.RCPT, reply);
      }
    }

    private void afterData(SmtpReply data) throws WireException {
      if (closing(data)) {
        return;
      }
      if (data.code() != 354) {
        restTold(new Answered(host, Phase.DATA, data));
        state = data.positive() ? State.DEAD : State.SOILED;
      } else if (accepted == 0) {
        // it waits for a content although nobody is to get it: the shortest one (RFC 2920, 3.1)
        wire.within(timeouts.dataEnd());
        wire.write(LONE_DOT, 0, LONE_DOT.length);
        wire.flush();
        state = closing(replies.read()) ? State.DEAD : State.SOILED;
      } else if (!transaction.goOn().getAsBoolean()) {
        cut = true;
        close();
      } else {
        content();
      }
    }

    private void content() throws WireException {
      phase = Phase.CONTENT;
      SmtpReply reply;
      try {
        wire.within(timeouts.block());
        wire.write(transaction.prefix().unsafeBytes(), 0, transaction.prefix().size());
        transaction.content().writeTo(wire, BLOCK, () -> wire.within(timeouts.block()));
        wire.flush();
      } catch (WireException e) {
        lastWord(e);
        throw e;
      }
      wire.within(timeouts.dataEnd());
      reply = replies.read();
      restTold(new Answered(host, phase, reply));
      state = reply.code() == SERVICE_CLOSING || reply.code() / 100 == 3 ? State.DEAD : State.READY;
    }

    /** A host that has heard enough may answer before it closes. */
    private void lastWord(WireException failure) {
      if (failure.why() == Cause.LOST) {
        try {
          SmtpReply reply = replies.read();
          if (!reply.positive()) {
            restTold(new Answered(host, phase, reply));
          }
        } catch (WireException _) {
          // it did not
        }
      }
    }

    /** What holds for all that have nothing to tell yet. */
    void restTold(Happening happening) {
      for (int i = 0; i < told.length; i++) {
        if (told[i] == null) {
          told[i] = happening;
        }
      }
    }

    String detail(WireException e) {
      return phase == Phase.CONTENT
          ? e.detail() + "; the message may arrive twice"
          : e.detail() + " at " + phase.words();
    }
  }
}
