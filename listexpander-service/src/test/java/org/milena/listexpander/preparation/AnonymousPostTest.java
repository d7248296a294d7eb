package org.milena.listexpander.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class AnonymousPostTest {
  private static final MailId ID = Fixtures.newId();
  private static final String POST =
      """
      Received: from laptop.a.example
      DKIM-Signature: v=1; d=a.example
      Authentication-Results: x; dkim=pass header.d=a.example
      From: Ann Author <Ann@A.example>
      Sender: ann@a.example
      Reply-To: "Ann" <ann.private@home.example>
      Organization: Ann & Sons
      Return-Path: <ann@a.example>
      X-Originating-Email: ann@a.example
      X-MailFrom: ann@a.example
      X-Envelope-From: ann@a.example
      X-Mailer: AnnMail
      X-Spam-Score: 1.0
      X-Spam-Report: mail of ann@a.example
      X-Face: secret
      Resent-From: ann@a.example
      To: users@lists.example.org, Ann <ann@a.example>
      Cc: bob@b.example, ann.private@home.example
      In-Reply-To: <1@b.example>
      References: <0@a.example> <1@b.example>
      Message-ID: <original@a.example>
      Subject: Hello
      Date: Tue, 02 Jun 2026 09:30:00 +0000
      MIME-Version: 1.0
      Content-Type: text/plain

      Body of ann\s
      """;

  @Test
  void leavesNothingOfTheAuthorInTheHeader() {
    RawMessage result = AnonymousPost.of(Fixtures.message(POST), Fixtures.list(), ID);
    int end = HeaderBlock.of(result).bodyOffset();
    String header =
        new String(result.toByteArray(), 0, end, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    assertThat(header).doesNotContain("ann", "a.example", "home.example", "secret");
    assertThat(new String(result.toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            From: Users of X <users@lists.example.org>
            X-Spam-Score: 1.0
            To: users@lists.example.org
            Cc: bob@b.example
            In-Reply-To: <1@b.example>
            References: <1@b.example>
            Message-ID: <%s@users.lists.example.org>
            Subject: Hello
            Date: Tue, 02 Jun 2026 09:30:00 +0000
            MIME-Version: 1.0
            Content-Type: text/plain

            Body of ann\s
            """
                .formatted(ID)
                .replace("\n", "\r\n"));
  }

  @Test
  void changesNothingOnAnotherLap() {
    RawMessage once = AnonymousPost.of(Fixtures.message(POST), Fixtures.list(), ID);
    assertThat(AnonymousPost.of(once, Fixtures.list(), Fixtures.newId())).isEqualTo(once);
  }

  @Test
  void givesAwayNoIdThatOnlyLooksLikeOurs() {
    RawMessage post =
        Fixtures.message("From: a@a.example\nMessage-ID: <ann@users.lists.example.org>\n\n");
    assertThat(
            HeaderBlock.of(AnonymousPost.of(post, Fixtures.list(), ID))
                .first("Message-ID")
                .orElseThrow()
                .value())
        .isEqualTo("<" + ID + "@users.lists.example.org>");
  }
}
