package org.milena.egress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.egress.outcome.Happening;

/** Sessions and messages that several tests talk about. */
final class SessionSamples {
  static final String HELLO =
      """
      S: 220 mx.example ESMTP
      C: EHLO us.example
      S: 250-mx.example
      S: 250-PIPELINING
      S: 250-SIZE 10000
      S: 250-8BITMIME
      S: 250 ENHANCEDSTATUSCODES
      """;

  static Transaction mail(String content, String... recipients) {
    return new Transaction(
        ReversePath.of("list-bounces@us.example"),
        Arrays.stream(recipients).map(MailAddress::of).toList(),
        raw(""),
        WireForm.of(raw(content)),
        false,
        () -> true);
  }

  static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static SmtpSession session(Dialogue dialogue) {
    return new SmtpSession(dialogue, "mx.example", "us.example", true, Timeouts.standard());
  }

  static SmtpSession opened(Dialogue dialogue) {
    SmtpSession session = session(dialogue);
    assertThat(session.open()).isEmpty();
    return session;
  }

  static List<Happening> told(TransactionEnd end) {
    assertThat(end).isInstanceOf(TransactionEnd.Told.class);
    return ((TransactionEnd.Told) end).happenings();
  }

  private SessionSamples() {}
}
