package org.milena.egress.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.egress.session.SessionSamples.HELLO;
import static org.milena.egress.session.SessionSamples.mail;
import static org.milena.egress.session.SessionSamples.opened;
import static org.milena.egress.session.SessionSamples.session;
import static org.milena.egress.session.SessionSamples.told;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.egress.outcome.Happening.Broken;
import org.milena.egress.outcome.Happening.Cause;
import org.milena.egress.outcome.Happening.Misfit;
import org.milena.egress.outcome.Happening.Unsuitable;

/** What a host offers and limits: STARTTLS, extensions, replies without measure. */
class SmtpOffersTest {
  @Test
  void encryptsWhereItIsOffered() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 mx.example
            C: EHLO us.example
            S: 250-mx.example
            S: 250-PIPELINING
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go on
            !tls
            C: EHLO us.example
            S: 250-mx.example
            S: 250 SIZE 5
            """);
    SmtpSession session = opened(dialogue);
    assertThat(session.capabilities().sizeLimit()).isEqualTo(5);
    assertThat(session.capabilities().pipelining())
        .as("what was said before is forgotten")
        .isFalse();
    dialogue.assertDone();
  }

  @Test
  void goesOnInTheClearWhenStarttlsIsRefused() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 mx.example
            C: EHLO us.example
            S: 250-mx.example
            S: 250 STARTTLS
            C: STARTTLS
            S: 454 4.7.0 not now
            """);
    assertThat(session(dialogue).open()).isEmpty();
    dialogue.assertDone();
  }

  @Test
  void trustsNothingSaidBetweenStarttlsAndEncryption() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 mx.example
            C: EHLO us.example
            S: 250-mx.example
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go on
            S: 250 injected
            """);
    assertThat(session(dialogue).open())
        .get()
        .matches(one -> one instanceof Broken broken && broken.cause() == Cause.TLS);
  }

  @Test
  void doesNotOfferWhatTheHostCannotTake() {
    SmtpSession session = opened(Dialogue.of(HELLO));
    assertThat(told(session.transact(mail("x".repeat(10_001), "a@x.example"))))
        .singleElement()
        .matches(one -> one instanceof Unsuitable misfit && misfit.reason() == Misfit.TOO_LARGE);
    assertThat(told(session.transact(mail("x", "jürgen@x.example"))))
        .singleElement()
        .matches(
            one -> one instanceof Unsuitable misfit && misfit.reason() == Misfit.NEEDS_SMTPUTF8);
    assertThat(session.usable()).isTrue();
  }

  @Test
  void namesEightBitContentAndOtherScripts() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 mx.example
            C: EHLO us.example
            S: 250-mx.example
            S: 250-8BITMIME
            S: 250-PIPELINING
            S: 250 SMTPUTF8
            C: MAIL FROM:<list-bounces@us.example> BODY=8BITMIME SMTPUTF8
            C: RCPT TO:<jürgen@x.example>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 451 enough
            """);
    told(opened(dialogue).transact(mail("\u00fc\r\n", "jürgen@x.example")));
    dialogue.assertDone();
  }

  @Test
  void readsLongAndUglyReplies() {
    String greeting = "S: 220-hello\n".repeat(150) + "S: 220 bare line end\\n\n";
    Dialogue dialogue =
        Dialogue.of(
            greeting
                + """
                C: EHLO us.example
                S: 250 mx \u00e4\u00ff
                """);
    opened(dialogue);
    dialogue.assertDone();
  }

  @Test
  void givesUpOnReplyWithoutEndAndOnWhatIsNoReply() {
    for (String speech : List.of("S: 220-" + "x".repeat(1500) + "\n", "S: HTTP/1.1 400 Bad\n")) {
      Dialogue dialogue =
          Dialogue.of(speech.startsWith("S: HTTP") ? speech : speech.repeat(1).concat("!endless"));
      SmtpSession session =
          new SmtpSession(
              speech.startsWith("S: HTTP") ? dialogue : new Endless(),
              "mx.example",
              "us.example",
              true,
              Timeouts.standard());
      assertThat(session.open())
          .get()
          .matches(one -> one instanceof Broken broken && broken.cause() == Cause.PROTOCOL);
    }
  }

  @Test
  void honoursTheHostsLimits() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 mx.example
            C: EHLO us.example
            S: 250-mx.example
            S: 250 LIMITS RCPTMAX=7 MAILMAX=1
            C: MAIL FROM:<list-bounces@us.example>
            S: 250 ok
            C: RCPT TO:<a@x.example>
            S: 250 ok
            C: DATA
            S: 354 go on
            C: x
            C: .
            S: 250 taken
            """);
    SmtpSession session = opened(dialogue);
    assertThat(session.capabilities().maxRecipients()).isEqualTo(7);
    told(session.transact(mail("x\r\n", "a@x.example")));
    assertThat(session.usable()).isFalse();
  }

  /** Says 220- without end. */
  private static final class Endless implements Wire {
    @Override
    public void write(byte[] octets, int offset, int length) {
      // not listening
    }

    @Override
    public void flush() {
      // not listening
    }

    @Override
    public int read(byte[] into) {
      byte[] more = "220-more\r\n".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(more, 0, into, 0, more.length);
      return more.length;
    }

    @Override
    public void within(java.time.Duration time) {
      // has all the time
    }

    @Override
    public void encrypt() {
      throw new AssertionError("not offered");
    }

    @Override
    public boolean encrypted() {
      return false;
    }

    @Override
    public void close() {
      // nothing to close
    }
  }
}
