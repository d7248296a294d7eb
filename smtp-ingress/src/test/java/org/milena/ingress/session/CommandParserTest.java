package org.milena.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ReversePath;
import org.milena.ingress.session.Command.Parameter;

class CommandParserTest {

  @Test
  void readsPathsAndParameters() {
    assertThat(CommandParser.parse("MAIL FROM:<a@B.example> size=10 BODY=8BITMIME SMTPUTF8"))
        .isEqualTo(
            new Command.Mail(
                ReversePath.of("a@b.example"),
                true,
                List.of(
                    new Parameter("SIZE", "10"),
                    new Parameter("BODY", "8BITMIME"),
                    new Parameter("SMTPUTF8", null))));
    assertThat(CommandParser.parse("mail from: <>  "))
        .isEqualTo(new Command.Mail(new ReversePath.Null(), true, List.of()));
    assertThat(CommandParser.parse("RCPT TO:<postMaster>"))
        .isEqualTo(new Command.Rcpt(new ForwardPath.Postmaster(), true, List.of()));
    assertThat(CommandParser.parse("RCPT TO:<@a.example,@[IPv6:::1]:\"x y\"@b.example>"))
        .isEqualTo(
            new Command.Rcpt(
                new ForwardPath.Mailbox(org.milena.common.mail.MailAddress.of("\"x y\"@b.example")),
                true,
                List.of()));
    assertThat(CommandParser.parse("RCPT TO:<a@bücher.example>"))
        .isEqualTo(new Command.Rcpt(ForwardPath.of("a@xn--bcher-kva.example"), false, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<a@b.example|501 5.1.7",
        "MAIL FROM:<a>b@c.example>|501 5.1.7",
        "MAIL FROM:<@a.example:>|501 5.1.7",
        "MAIL FROM:<@a b:c@d.example>|501 5.1.7",
        "MAIL FROM:<@a.example>|501 5.1.7",
        "MAIL FROM:<a@b.example>SIZE=1|501 5.1.7",
        "MAIL FROM:a@b.example|501 5.5.4",
        "MAIL TO:<a@b.example>|501 5.5.4",
        "MAIL FROM:<a@b.example> SIZE=1 size=1|501 5.5.4",
        "MAIL FROM:<a@b.example> -X|501 5.5.4",
        "MAIL FROM:<a@b.example> X=|501 5.5.4",
        "MAIL FROM:<a@b.example> X=a=b|501 5.5.4",
        "RCPT TO:<a@b@c.example>|501 5.1.3",
        "RCPT TO:<\"a@b.example>|501 5.1.3",
        "RCPT TO:<a@b.example\\>|501 5.1.3",
        "RCPT TO:<|501 5.1.3",
        "RCPT TO:|501 5.5.4",
        "RCPT|501 5.5.4",
        "EHLO|501",
        "EHLO a b|501",
        "EHLO jörg|501",
        "VRFY|501 5.5.4",
        "AUTH|501 5.5.4",
        "DATA now|501 5.5.4",
        "ETRN x|502 5.5.1",
        "XYZZY|500 5.5.2"
      })
  void refusesWhatIsNone(String line, String reply) {
    assertThat(CommandParser.parse(line))
        .isInstanceOfSatisfying(
            Command.Refused.class,
            refused -> assertThat(refused.reply().toString()).startsWith(reply));
  }

  @Test
  void readsEveryLineWithoutFailing() {
    String[] words = {
      "MAIL",
      "RCPT",
      " ",
      "FROM:",
      "TO:",
      "<",
      ">",
      "@",
      "\"",
      "\\",
      "a",
      ".",
      "b.example",
      ",",
      ":",
      "[",
      "]",
      "IPv6:",
      "SIZE=",
      "=",
      "\t",
      "\0",
      "\u00e4",
      "\ud800",
      "EHLO",
      "AUTH",
      "PLAIN",
      "+",
      "xn--",
      "%0d",
      "9".repeat(30)
    };
    var random = new Random(42);
    for (int round = 0; round < 200_000; round++) {
      var line = new StringBuilder(round % 2 == 0 ? "RCPT TO:<" : "");
      for (int i = random.nextInt(12); i >= 0; i--) {
        line.append(words[random.nextInt(words.length)]);
      }
      assertThat(CommandParser.parse(line.toString())).isNotNull();
    }
  }
}
