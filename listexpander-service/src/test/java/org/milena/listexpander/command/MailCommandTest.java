package org.milena.listexpander.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class MailCommandTest {

  @ParameterizedTest
  @CsvSource({
    "subscribe,Subscribe",
    "JOIN,Subscribe",
    "Subscribe digest=mime,Subscribe",
    "unsubscribe,Unsubscribe",
    "leave,Unsubscribe",
    "signoff,Unsubscribe",
    "confirm abc,Confirm",
    "confirm,Refused",
    "help,Help",
    "info,Help",
    "end,End",
    "stop,End",
    "--,End",
    "subscribe address=eve@e.example,Refused",
    "subscribe eve@e.example,Refused",
    "unsubscribe eve@e.example,Refused",
    "hello,''",
    "'',''",
    "subscribed,''"
  })
  void readsALine(String line, String expected) {
    assertThat(
            MailCommand.parse(line).map(command -> command.getClass().getSimpleName()).orElse(""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Re: confirm abc,Confirm[token=abc]",
    "AW: RE[2]: confirm abc,Confirm[token=abc]",
    "Fwd: help,Help[]",
    "re:re:re:re:re:re:re:re:help,''"
  })
  void readsASubjectBehindTheMarksOfAnswers(String subject, String expected) {
    assertThat(MailCommand.parseSubject(subject).map(Object::toString).orElse(""))
        .isEqualTo(expected);
  }

  @Test
  void findsTheFirstPlainTextOfAMail() {
    assertThat(
            lines(
                """
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/html

                <p>help</p>
                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                c3Vic2NyaWJlCgogIGVuZAo=
                --b--
                """))
        .containsExactly("subscribe", "end");
    assertThat(lines("Subject: x\n\n\n  help  \n\nend\n")).containsExactly("help", "end");
    assertThat(lines("Content-Type: text/html\n\n<p>help</p>\n")).isEmpty();
    assertThat(lines("")).isEmpty();
    assertThat(lines("Subject: x\n\n" + "a\n".repeat(100))).hasSize(10);
  }

  @Test
  void readsNothingOutOfRubbishAndDoesNotFail() {
    byte[] rubbish = new byte[5_000];
    new java.util.Random(7).nextBytes(rubbish);
    assertThat(CommandText.of(RawMessage.wrap(rubbish))).isNotNull();
    assertThat(
            CommandText.of(
                RawMessage.wrap(
                    "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n"
                        .getBytes(StandardCharsets.US_ASCII))))
        .isNotNull();
  }

  private static List<String> lines(String text) {
    return CommandText.of(Fixtures.message(text));
  }
}
