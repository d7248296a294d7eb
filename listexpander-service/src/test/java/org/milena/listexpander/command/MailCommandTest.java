package org.milena.listexpander.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.fake.Fixtures;

class MailCommandTest {
  private static final CommandReader READER = new CommandReader(Fixtures.USERS);

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
    "info,Info",
    "FAQ,Help",
    "lists,Lists",
    "which,Which",
    "who,Who",
    "REVIEW users,Who",
    "remind,Show",
    "set,Show",
    "options,Show",
    "set show,Show",
    "set help,Help",
    "set mode sometimes,Refused",
    "set until tomorrow,Refused",
    "set colour red,Refused",
    "echo hello,Echo",
    "password secret,Refused",
    "get 12,Refused",
    "invite ann@a.example,Invite",
    "invite,Refused",
    "signoff dev,Refused",
    "signoff Users,Unsubscribe",
    "leave me alone,Unsubscribe",
    "subscribe digest=often,Refused",
    "subscribe address=nobody,Refused",
    "mute,Wish",
    "follow thread <1@a.example>,Wish",
    "unmute <1@a.example>,EndWish",
    "unfollow,EndWish",
    "mute me please,''",
    "end,End",
    "stop,End",
    "--,End",
    "subscribe address=eve@e.example,Subscribe",
    "subscribe eve@e.example,Subscribe",
    "unsubscribe eve@e.example,Unsubscribe",
    "hello,''",
    "'',''",
    "subscribed,''"
  })
  void readsALine(String line, String expected) {
    assertThat(READER.line(line).map(command -> command.getClass().getSimpleName()).orElse(""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "subscribe, '', -, -",
        "join digest=no, '', EVERY_POST, -",
        "JOIN DIGEST=Mime, '', MIME_DIGEST, -",
        "subscribe digest=plain, '', PLAIN_DIGEST, -",
        "subscribe secret nodigest, '', EVERY_POST, -",
        "subscribe nomail, '', NONE, -",
        "SUB users Ann Mary Example, Ann Mary Example, -, -",
        "sub users@lists.example.org Ann, Ann, -, -",
        "sub Ann Example, '', -, -",
        "subscribe address=<ann@a.example> digest=plain, '', PLAIN_DIGEST, ann@a.example"
      })
  void readsWhoJoinsAndHow(
      String line, String name, @Nullable DeliveryMode mode, @Nullable String address) {
    assertThat(READER.line(line))
        .contains(
            new MailCommand.Subscribe(
                name, mode, address == null ? null : MailAddress.of(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "set mode all, mode=EVERY_POST",
    "set mode mime, mode=MIME_DIGEST",
    "set digest off, mode=EVERY_POST",
    "set digest plain, mode=PLAIN_DIGEST",
    "SET users SUMMARY, mode=SUMMARY",
    "set users nomail, mode=NONE",
    "set delivery off, deliver=false",
    "set until 2027-01-15, stoppedUntil=2027-01-15",
    "set own no, ownPosts=false",
    "set myposts on, ownPosts=true",
    "set ack yes, acknowledge=true",
    "set duplicates no, skipDuplicates=true",
    "set conceal, concealed=true",
    "set hide off, concealed=false",
    "set noconceal, concealed=false",
    "options language de, language=de"
  })
  void readsOptions(String line, String expected) {
    assertThat(READER.line(line).map(Object::toString).orElse("")).contains(expected + ",");
  }

  @Test
  void readsWhetherOneIsToldOfOnesPosts() {
    assertThat(READER.line("set tracking on"))
        .contains(new MailCommand.Change(OptionsPatch.tracking(true)));
    assertThat(READER.line("set tracking maybe")).containsInstanceOf(MailCommand.Refused.class);
  }

  @Test
  void neverFailsOnALine() {
    java.util.Random random = new java.util.Random(11);
    String[] words = {
      "set", "sub", "users", "address=", "@", "digest=", "mode", "<", ">", "until", "invite", "\0"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int word = random.nextInt(6); word >= 0; word--) {
        line.append(words[random.nextInt(words.length)]);
        line.append(random.nextBoolean() ? " " : Character.toString(random.nextInt(0x300)));
      }
      assertThat(READER.line(line.toString())).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Re: confirm abc,Confirm[token=abc]",
    "AW: RE[2]: confirm abc,Confirm[token=abc]",
    "Fwd: help,Help[]",
    "re:re:re:re:re:re:re:re:help,''"
  })
  void readsASubjectBehindTheMarksOfAnswers(String subject, String expected) {
    assertThat(READER.subject(subject).map(Object::toString).orElse("")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Re: Leave policy 2027,false,mute,Wish",
    "Leave policy 2027,true,mute <1@a.example>,Wish",
    "Re: invite eve@evil.example,false,close,Close",
    "Re: Leave policy 2027,true,'mute, please',''",
    "Re: Leave policy 2027,true,help,Help",
    "Re: confirm abc,true,> Somebody,Confirm",
    "Re: confirm abc,true,--,Confirm",
    "Re: confirm abc,true,help,Confirm",
    "Re: confirm the date,true,mute,Wish",
    "Re: subscribe,true,--,'Subscribe End'",
    "subscribe,false,mute,'Subscribe Wish'"
  })
  void theSubjectOfAThreadIsNoCommandWhereOneIsOnTheFirstLine(
      String subject, boolean answer, String line, String expected) {
    assertThat(
            READER.all(subject, answer, List.of(line)).stream()
                .map(command -> command.getClass().getSimpleName())
                .collect(Collectors.joining(" ")))
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
    assertThat(lines("Content-Type: text/html\n\n<p>help</p>\n")).containsExactly("help");
    assertThat(
            lines(
                """
                Content-Type: text/html; charset=utf-8

                <html><head><title>help</title><style>p {}</style></head><!-- echo -->
                <body><div>subscribe<br>set&nbsp;own&#32;no</div><p>end</p></body></html>
                """))
        .containsExactly("subscribe", "set own no", "end");
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
