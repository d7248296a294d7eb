package org.milena.listexpander.preparation.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;

class ListAuthorTest {
  private static final MailId ID = Fixtures.newId();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ann Author <ann@a.example>            | Ann Author via Users of X"
            + " <users@lists.example.org>",
        "ann@a.example                         | ann via Users of X <users@lists.example.org>",
        "\"ann@a.example\" <ann@a.example>     | ann via Users of X <users@lists.example.org>",
        "\"Ann (ann @bank.example)\" <a@a.example> | \"Ann (ann via Users of X\""
            + " <users@lists.example.org>",
        "undisclosed:;                         | Users of X <users@lists.example.org>",
        "a@a.example, b@b.example              | a and others via Users of X"
            + " <users@lists.example.org>"
      })
  void writesInTheNameOfTheList(String from, String expected) {
    RawMessage munged = ListAuthor.munged(message(from, ""), Fixtures.list());
    assertThat(values(munged, "From")).containsExactly(expected);
  }

  @Test
  void keepsTheAuthorWhereAnswersReachHim() {
    String from = "Ann <ann@a.example>";
    RawMessage munged = ListAuthor.munged(message(from, ""), Fixtures.list());
    assertThat(values(munged, "Reply-To")).containsExactly(from);
    assertThat(values(munged, "X-Original-From")).containsExactly(from);
    RawMessage toList =
        ListAuthor.munged(
            message(from, "Cc: c@c.example\n"),
            Fixtures.list(ListSettings.DISCUSSION.with("replyTo", "LIST")));
    assertThat(values(toList, "Cc")).containsExactly("c@c.example, " + from);
    assertThat(values(toList, "Reply-To")).isEmpty();
  }

  @Test
  void writesNamesThatAreLongOrForeignOnShortLines() {
    RawMessage munged =
        ListAuthor.munged(
            message("\"" + "\u65e5\u672c ".repeat(400) + "\" <ann@a.example>", ""),
            Fixtures.list());
    String text = new String(munged.toByteArray(), StandardCharsets.UTF_8);
    assertThat(text.split("\r\n", -1))
        .filteredOn(line -> line.startsWith("From") || line.startsWith("Reply-To"))
        .allMatch(line -> line.length() <= 200);
    assertThat(HeaderBlock.of(munged).all("From")).hasSize(1);
  }

  @Test
  void wrapsTheCopyOctetForOctet() {
    RawMessage copy =
        message(
            "Ann <ann@a.example>",
            "List-Id: <users.lists.example.org>\nDKIM-Signature: x\nMessage-ID: <1@a.example>\n"
                + "References: <0@a.example>\nContent-Type: text/plain\nX-Mailer: y\n");
    RawMessage wrapped = ListAuthor.wrapped(copy, Fixtures.list(), ID);
    HeaderBlock outer = HeaderBlock.of(wrapped);
    assertThat(outer.fields().stream().map(HeaderField::name))
        .containsExactlyInAnyOrder(
            "From",
            "Subject",
            "List-Id",
            "References",
            "X-Original-From",
            "Reply-To",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Disposition",
            "Content-Transfer-Encoding");
    assertThat(values(wrapped, "Content-Type")).containsExactly("message/rfc822");
    assertThat(values(wrapped, "Message-ID"))
        .containsExactly("<" + ID + ".w@users.lists.example.org>");
    byte[] octets = wrapped.toByteArray();
    assertThat(RawMessage.wrap(Arrays.copyOfRange(octets, outer.bodyOffset(), octets.length)))
        .isEqualTo(copy);
  }

  private static RawMessage message(String from, String more) {
    return Fixtures.message("From: " + from + "\nSubject: s\n" + more + "\ntext \n");
  }

  private static List<String> values(RawMessage message, String name) {
    return HeaderBlock.of(message).all(name).stream().map(HeaderField::value).toList();
  }
}
