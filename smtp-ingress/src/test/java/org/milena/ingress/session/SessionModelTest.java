package org.milena.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ClientFacts.TlsFacts;
import org.milena.common.mail.MailId;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.acceptance.AcceptanceOutcome;
import org.milena.ingress.fixture.FakeDirectory;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.policy.Limits;

/**
 * Random sequences of commands against a model of half a page: no sequence gets a message past the
 * rules, and none is left without an answer.
 */
class SessionModelTest {
  private static final Limits PATIENT =
      new Limits(
          26_214_400,
          2_048,
          1_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          50,
          10_000);

  private final TestSite site = TestSite.start(TestSite.Options.DEFAULT.with(PATIENT));
  private final Random random = new Random(11);

  @AfterEach
  void stop() {
    site.close();
  }

  /** What must hold, said once more. */
  private static final class Model {
    boolean hello;
    boolean tls;
    boolean login;
    boolean mail;
    int recipients;

    void forget() {
      mail = false;
      recipients = 0;
    }
  }

  @Test
  void noSequenceGetsAMessagePastTheRules() {
    for (PortRole role : PortRole.values()) {
      int messages = 0;
      // each login costs real work
      int runs = role == PortRole.SMTP ? 500 : 40;
      for (int run = 0; run < runs; run++) {
        messages += walk(role);
      }
      assertThat(messages).as("messages on %s, or this test shows nothing", role).isPositive();
    }
  }

  private int walk(PortRole role) {
    var model = new Model();
    model.tls = role == PortRole.SUBMISSIONS;
    Session session =
        site.session(
            role, new Client("192.0.2.1", model.tls ? new TlsFacts("TLSv1.3", "TEST") : null));
    int messages = 0;
    var said = new ArrayList<String>();
    for (int i = 0; i < 120; i++) {
      String line = LINES.get(random.nextInt(LINES.size()));
      said.add(line);
      Step step = session.on(new Line.Text(line, line.length() + 2), false);
      SmtpReply reply = step.reply();
      boolean ok = reply.positive();
      String verb = line.split("[ :]", 2)[0];
      String problem = check(role, model, verb, line, step);
      assertThat(problem).as("%s answered %s", said, reply).isNull();
      switch (step.next()) {
        case MESSAGE -> {
          assertThat(session.transaction().recipients()).hasSize(model.recipients);
          messages++;
          AcceptanceOutcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
          assertThat(session.messageEnded(outcome).next()).isEqualTo(Step.Next.COMMAND);
          model.forget();
        }
        case HANDSHAKE -> {
          session.secured(new TlsFacts("TLSv1.3", "TEST"));
          model.forget();
          model.tls = true;
          model.hello = false;
        }
        case COMMAND -> follow(model, verb, ok);
        case AUTH_RESPONSE, CLOSE -> throw new AssertionError("not in these lines: " + said);
      }
    }
    return messages;
  }

  private static void follow(Model model, String verb, boolean ok) {
    if (!ok) {
      return;
    }
    switch (verb) {
      case "EHLO", "HELO" -> {
        model.hello = true;
        model.forget();
      }
      case "MAIL" -> model.mail = true;
      case "RCPT" -> {
        // there is but one that is taken, and it counts once
        model.recipients = 1;
      }
      case "RSET" -> model.forget();
      case "AUTH" -> model.login = true;
      default -> {}
    }
  }

  private static @Nullable String check(
      PortRole role, Model model, String verb, String line, Step step) {
    boolean ok = step.reply().positive();
    boolean submits = role.isForSubmission();
    return switch (verb) {
      case "MAIL" -> {
        boolean may =
            model.hello && !model.mail && (!submits || (model.login && line.contains("anna")));
        yield ok == may ? null : "MAIL";
      }
      case "RCPT" -> {
        boolean known = line.contains("users") || (line.contains("ext") && model.login);
        yield ok == (model.mail && known) ? null : "RCPT";
      }
      case "DATA" ->
          (step.next() == Step.Next.MESSAGE) == (model.mail && model.recipients > 0)
              ? null
              : "DATA";
      case "STARTTLS" ->
          (step.next() == Step.Next.HANDSHAKE)
                  == (model.hello && !model.tls && line.equals("STARTTLS"))
              ? null
              : "STARTTLS";
      case "AUTH" ->
          ok == (submits && model.tls && model.hello && !model.login && !model.mail)
              ? null
              : "AUTH";
      default -> null;
    };
  }

  private static final List<String> LINES =
      List.of(
          "EHLO client.example",
          "HELO client.example",
          "MAIL FROM:<anna@example.com>",
          "MAIL FROM:<anna@example.com>",
          "MAIL FROM:<x@ext.example>",
          "RCPT TO:<users@lists.example.org>",
          "RCPT TO:<users@lists.example.org>",
          "RCPT TO:<nosuch@lists.example.org>",
          "DATA",
          "DATA",
          "RSET",
          "NOOP",
          "VRFY x",
          "HELP",
          "STARTTLS",
          "STARTTLS x",
          "FOO",
          "AUTH PLAIN "
              + java.util.Base64.getEncoder()
                  .encodeToString(
                      ("\0anna\0" + FakeDirectory.PASSWORD)
                          .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));

  private static final List<AcceptanceOutcome> OUTCOMES =
      List.of(
          new AcceptanceOutcome.Accepted(MailId.of("01890a5d-ac96-774b-bcce-b302099a8057")),
          new AcceptanceOutcome.TooLarge(),
          new AcceptanceOutcome.HeaderTooLong(),
          new AcceptanceOutcome.TooManyHops(),
          new AcceptanceOutcome.AuthorNotYours(),
          new AcceptanceOutcome.NoRoom(),
          new AcceptanceOutcome.BrokerAway());
}
