package org.milena.common.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MachineSigns;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail.Occasion;

class MachineMailTest {
  private static final MessageId QUESTION = new MessageId("q@a.example");

  @Test
  void answersAMail() {
    HeaderBlock header =
        HeaderBlock.of(
            mail("ann@a.example", "Hello", new Occasion.Answer(Optional.of(QUESTION)))
                .withText("x"));
    assertThat(value(header, "From")).isEqualTo("Site <postmaster@site.example>");
    assertThat(value(header, "To")).isEqualTo("ann@a.example");
    assertThat(value(header, "Message-ID")).isEqualTo("<own@site.example>");
    assertThat(value(header, "Date")).isEqualTo("Sun, 1 Mar 2026 10:00:00 +0000");
    assertThat(value(header, "In-Reply-To")).isEqualTo("<q@a.example>");
    assertThat(value(header, "References")).isEqualTo("<q@a.example>");
    assertThat(value(header, "Auto-Submitted")).isEqualTo("auto-replied");
    assertThat(value(header, "Precedence")).isEqualTo("bulk");
  }

  @Test
  void tellsOfAFailureOfAMailWithoutAnId() {
    HeaderBlock header =
        HeaderBlock.of(
            mail("ann@a.example", "Hello", new Occasion.Failure(Optional.empty())).withText("x"));
    assertThat(header.has("In-Reply-To")).isFalse();
    assertThat(value(header, "Auto-Submitted")).isEqualTo("auto-replied");
    assertThat(header.has("Precedence")).isFalse();
  }

  @Test
  void writesOfItsOwnAccord() {
    HeaderBlock header =
        HeaderBlock.of(mail("ann@a.example", "Hello", new Occasion.Own()).withText("x"));
    assertThat(header.has("In-Reply-To")).isFalse();
    assertThat(header.has("References")).isFalse();
    assertThat(value(header, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(value(header, "Precedence")).isEqualTo("bulk");
  }

  @Test
  void isNeverAnsweredByAMachineOfOurs() {
    RawMessage mail =
        mail("ann@a.example", "Hello", new Occasion.Answer(Optional.of(QUESTION))).withText("x");
    assertThat(MachineSigns.of(HeaderBlock.of(mail))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: x@y.example",
        "a\nBcc: x@y.example",
        "a\rBcc: x@y.example",
        "a\u2028Bcc: x@y.example",
        "a\u0085Bcc: x@y.example"
      })
  void takesNoFieldFromASubject(String subject) {
    RawMessage mail = mail("ann@a.example", subject, new Occasion.Own()).withText("x\n");
    assertThat(HeaderBlock.of(mail).has("Bcc")).isFalse();
    assertThat(HeaderBlock.of(mail).first("Subject").orElseThrow().decoded())
        .isEqualTo("a Bcc: x@y.example");
  }

  @Test
  void leavesPlainTextAsItIs() {
    String text = text(mail("ann@a.example", "s", new Occasion.Own()).withText("a\nb\r\n\tc\n"));
    assertThat(text).endsWith("\r\n\r\na\r\nb\r\n\tc\r\n").contains("Encoding: 7bit\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00fc\n", "a\rb\n", "a\u0000b\n"})
  void encodesWhatIsNotPlain(String body) {
    isEncoded(mail("ann@a.example", "s", new Occasion.Own()).withText(body), body);
  }

  @Test
  void encodesLongLines() {
    String body = "x".repeat(999) + "\n";
    isEncoded(mail("ann@a.example", "s", new Occasion.Own()).withText(body), body);
  }

  @Test
  void encodesPlainTextThatNoProgramShallRead() {
    isEncoded(mail("ann@a.example", "s", new Occasion.Own()).withEncodedText("plain\n"), "plain\n");
  }

  private static void isEncoded(RawMessage mail, String body) {
    String text = text(mail);
    assertThat(text).contains("Encoding: base64\r\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 78);
    String encoded = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8))
        .isEqualTo(body.replace("\n", "\r\n"));
  }

  @Test
  void putsAnotherMessageBehindItsTextAsItIs() {
    for (String about : new String[] {"Subject: x\r\n\r\nplain", "X: \u00e4\r\n\r\n--\r\n"}) {
      RawMessage attached = RawMessage.copyOf(about.getBytes(StandardCharsets.UTF_8));
      RawMessage mail =
          mail("ann@a.example", "s", new Occasion.Own()).withMessage("T\u00fcr\n", attached);
      String encoding = about.contains("plain") ? "7bit" : "8bit";
      assertThat(value(HeaderBlock.of(mail), "Content-Transfer-Encoding")).isEqualTo(encoding);
      String type = value(HeaderBlock.of(mail), "Content-Type");
      String boundary = type.substring(type.indexOf('"') + 1, type.lastIndexOf('"'));
      assertThat(text(mail))
          .contains(
              "VMO8cg0K\r\n--" + boundary + "\r\n",
              "\r\n\r\n" + about + "\r\n--" + boundary + "--\r\n");
    }
  }

  @Test
  void namesAnAddressBeyondAsciiAsItIs() {
    RawMessage mail = mail("j\u00fcrgen@a.example", "s", new Occasion.Own()).withText("x");
    assertThat(text(mail)).contains("To: j\u00fcrgen@a.example\r\n");
  }

  @Test
  void leavesOutAnIdThatFitsOnNoLine() {
    Optional<MessageId> longest = Optional.of(new MessageId("i".repeat(MessageId.MAX_LENGTH)));
    RawMessage mail = mail("ann@a.example", "s", new Occasion.Failure(longest)).withText("x");
    assertThat(text(mail).lines()).allMatch(line -> line.length() <= 998);
    assertThat(HeaderBlock.of(mail).has("References")).isFalse();
    assertThat(value(HeaderBlock.of(mail), "Auto-Submitted")).isEqualTo("auto-replied");
  }

  private static MachineMail mail(String to, String subject, Occasion occasion) {
    return new MachineMail(
        new HeaderMailbox("Site", MailAddress.of("postmaster@site.example")),
        MailAddress.of(to),
        subject,
        new MessageId("own@site.example"),
        Instant.parse("2026-03-01T10:00:00Z"),
        occasion);
  }

  private static String value(HeaderBlock header, String name) {
    return header.first(name).orElseThrow().value();
  }

  private static String text(RawMessage mail) {
    return new String(mail.toByteArray(), StandardCharsets.UTF_8);
  }
}
