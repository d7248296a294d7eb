package org.milena.egress.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.egress.session.SessionSamples.HELLO;
import static org.milena.egress.session.SessionSamples.mail;
import static org.milena.egress.session.SessionSamples.opened;
import static org.milena.egress.session.SessionSamples.session;
import static org.milena.egress.session.SessionSamples.told;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Answered;
import org.milena.egress.outcome.Happening.Broken;
import org.milena.egress.outcome.Happening.Cause;
import org.milena.egress.outcome.Phase;

/** How a message is handed over, and what is told of it. */
class SmtpSessionTest {
  private static final String PLAIN =
      """
      S: 220 mx.example
      C: EHLO us.example
      S: 250 mx.example
      """;

  private static Phase phase(Happening happening) {
    return ((Answered) happening).phase();
  }

  private static int code(Happening happening) {
    return ((Answered) happening).reply().code();
  }

  @Test
  void pipelinesATransaction() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=15
                C: RCPT TO:<a@x.example>
                C: RCPT TO:<b@x.example>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 250 ok
                S: 354 go on
                C: Subject: s
                C:
                C: x
                C: .
                S: 250 2.0.0 taken as 77
                C: QUIT
                """);
    SmtpSession session = opened(dialogue);
    List<Happening> told =
        told(session.transact(mail("Subject: s\r\n\r\nx", "a@x.example", "b@x.example")));
    assertThat(told).hasSize(2).allMatch(one -> phase(one) == Phase.CONTENT && code(one) == 250);
    assertThat(session.usable()).isTrue();
    session.quit();
    dialogue.assertDone();
  }

  @Test
  void speaksInTurnToAHostWithoutPipelining() {
    Dialogue dialogue =
        Dialogue.of(
            PLAIN
                + """
                C: MAIL FROM:<list-bounces@us.example>
                S: 250 ok
                C: RCPT TO:<a@x.example>
                S: 250 ok
                C: RCPT TO:<b@x.example>
                S: 550 5.1.1 no such user
                C: DATA
                S: 354 go on
                C: x
                C: .
                S: 250 taken
                """);
    List<Happening> told =
        told(opened(dialogue).transact(mail("x\r\n", "a@x.example", "b@x.example")));
    assertThat(code(told.get(0))).isEqualTo(250);
    assertThat(phase(told.get(1))).isEqualTo(Phase.RCPT);
    dialogue.assertDone();
  }

  @Test
  void saysHeloWhenEhloIsNotKnown() {
    Dialogue dialogue =
        Dialogue.of(
            """
            S: 220 old
            C: EHLO us.example
            S: 502 what?
            C: HELO us.example
            S: 250 old
            """);
    SmtpSession session = opened(dialogue);
    assertThat(session.capabilities()).isEqualTo(Capabilities.NONE);
    dialogue.assertDone();
  }

  @Test
  void tellsOfABadGreeting() {
    for (String greeting : List.of("554 5.3.2 no service", "421 too busy", "450 later")) {
      SmtpSession session = session(Dialogue.of("S: " + greeting));
      Optional<Happening> trouble = session.open();
      assertThat(trouble).isPresent();
      assertThat(phase(trouble.get())).isEqualTo(Phase.GREETING);
      assertThat(session.usable()).isFalse();
    }
  }

  @Test
  void tellsWhoWasRefusedAndSendsToTheOthers() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<good@x.example>
                C: RCPT TO:<busy@x.example>
                C: RCPT TO:<gone@x.example>
                C: RCPT TO:<fine@x.example>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 450 4.2.1 busy
                S: 550 5.1.1 gone
                S: 251 forwarded
                S: 354 go on
                C: x
                C: .
                S: 250 taken
                """);
    List<Happening> told =
        told(
            opened(dialogue)
                .transact(
                    mail(
                        "x\r\n",
                        "good@x.example",
                        "busy@x.example",
                        "gone@x.example",
                        "fine@x.example")));
    assertThat(told).extracting(SmtpSessionTest::code).containsExactly(250, 450, 550, 250);
    dialogue.assertDone();
  }

  @Test
  void sendsTheDotOnlyWhenTheHostWaitsForContentNobodyGets() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<gone@x.example>
                C: DATA
                S: 250 ok
                S: 550 5.1.1 gone
                S: 354 go on
                C: .
                S: 554 5.5.1 no valid recipients
                C: RSET
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<here@x.example>
                C: DATA
                S: 250 reset
                S: 250 ok
                S: 250 ok
                S: 354 go on
                C: x
                C: .
                S: 250 taken
                """);
    SmtpSession session = opened(dialogue);
    List<Happening> told = told(session.transact(mail("x\r\n", "gone@x.example")));
    assertThat(told).singleElement().matches(one -> phase(one) == Phase.RCPT && code(one) == 550);
    assertThat(told(session.transact(mail("x\r\n", "here@x.example"))))
        .singleElement()
        .matches(one -> code(one) == 250);
    dialogue.assertDone();
  }

  @Test
  void resetsAfterARefusedTransaction() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<a@x.example>
                C: DATA
                S: 550 5.7.1 not from you
                S: 503 no
                S: 503 no
                C: RSET
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<b@x.example>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 250 ok
                S: 354 go on
                C: x
                C: .
                S: 250 taken
                """);
    SmtpSession session = opened(dialogue);
    assertThat(told(session.transact(mail("x\r\n", "a@x.example"))))
        .singleElement()
        .matches(one -> phase(one) == Phase.MAIL && code(one) == 550);
    assertThat(told(session.transact(mail("x\r\n", "b@x.example"))))
        .singleElement()
        .matches(one -> code(one) == 250);
    dialogue.assertDone();
  }

  @Test
  void tellsOfARefusalOfDataAndOfTheContent() {
    for (String replies :
        List.of("S: 451 4.3.0 not now", "S: 354 go on\nC: x\nC: .\nS: 552 5.3.4 too much")) {
      Dialogue dialogue =
          Dialogue.of(
              HELLO
                  + """
                  C: MAIL FROM:<list-bounces@us.example> SIZE=3
                  C: RCPT TO:<a@x.example>
                  C: DATA
                  S: 250 ok
                  S: 250 ok
                  """
                  + replies);
      SmtpSession session = opened(dialogue);
      Happening told = told(session.transact(mail("x\r\n", "a@x.example"))).getFirst();
      assertThat(phase(told)).isEqualTo(replies.contains("354") ? Phase.CONTENT : Phase.DATA);
      assertThat(session.usable()).isTrue();
      dialogue.assertDone();
    }
  }

  @Test
  void endsWith421AtAnyTime() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<a@x.example>
                C: RCPT TO:<b@x.example>
                C: RCPT TO:<c@x.example>
                C: DATA
                S: 250 ok
                S: 550 5.1.1 gone
                S: 421 4.3.2 closing
                !drop
                """);
    SmtpSession session = opened(dialogue);
    List<Happening> told =
        told(session.transact(mail("x\r\n", "a@x.example", "b@x.example", "c@x.example")));
    assertThat(told).extracting(SmtpSessionTest::code).containsExactly(550, 421, 421);
    assertThat(session.usable()).isFalse();
  }

  @Test
  void asksForANewConnectionWhenAKeptOneWasClosed() {
    for (String end : List.of("!drop", "S: 421 4.4.2 idle for too long")) {
      Dialogue dialogue =
          Dialogue.of(
              HELLO
                  + """
                  C: MAIL FROM:<list-bounces@us.example> SIZE=3
                  C: RCPT TO:<a@x.example>
                  C: DATA
                  S: 250 ok
                  S: 250 ok
                  S: 354 go on
                  C: x
                  C: .
                  S: 250 taken
                  C: MAIL FROM:<list-bounces@us.example> SIZE=3
                  C: RCPT TO:<b@x.example>
                  C: DATA
                  """
                  + end);
      SmtpSession session = opened(dialogue);
      assertThat(told(session.transact(mail("x\r\n", "a@x.example")))).hasSize(1);
      assertThat(session.transact(mail("x\r\n", "b@x.example")))
          .isInstanceOf(TransactionEnd.Stale.class);
      assertThat(session.usable()).isFalse();
    }
  }

  @Test
  void tellsOfALossOnAFreshConnection() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<a@x.example>
                C: DATA
                !drop
                """);
    assertThat(told(opened(dialogue).transact(mail("x\r\n", "a@x.example"))))
        .singleElement()
        .matches(one -> one instanceof Broken broken && broken.cause() == Cause.LOST);
  }

  @Test
  void saysThatAMessageMayArriveTwiceWhenTheReplyIsLost() {
    for (String end : List.of("!drop", "!timeout")) {
      Dialogue dialogue =
          Dialogue.of(
              HELLO
                  + """
                  C: MAIL FROM:<list-bounces@us.example> SIZE=3
                  C: RCPT TO:<a@x.example>
                  C: DATA
                  S: 250 ok
                  S: 250 ok
                  S: 354 go on
                  C: x
                  C: .
                  """
                  + end);
      assertThat(told(opened(dialogue).transact(mail("x\r\n", "a@x.example"))))
          .singleElement()
          .matches(one ->
              one instanceof Broken broken
                  && broken.phase() == Phase.CONTENT
                  && broken.detail().contains("may arrive twice"));
    }
  }

  @Test
  void isCutOffBeforeTheContentWhenItMustNotGoOn() {
    Dialogue dialogue =
        Dialogue.of(
            HELLO
                + """
                C: MAIL FROM:<list-bounces@us.example> SIZE=3
                C: RCPT TO:<a@x.example>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go on
                """);
    Transaction mail = mail("x\r\n", "a@x.example");
    Transaction stopped =
        new Transaction(
            mail.reversePath(),
            mail.recipients(),
            mail.prefix(),
            mail.content(),
            false,
            () -> false);
    assertThat(opened(dialogue).transact(stopped)).isInstanceOf(TransactionEnd.CutOff.class);
    assertThat(dialogue.closed()).isTrue();
    dialogue.assertDone();
  }
}
