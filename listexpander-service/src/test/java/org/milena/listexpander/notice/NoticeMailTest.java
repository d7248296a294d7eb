package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.MachineMail.Occasion;
import org.milena.listexpander.fake.Fixtures;

class NoticeMailTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");

  @Test
  void saysThatNoPersonWroteIt() {
    HeaderBlock header =
        HeaderBlock.of(
            write(
                new Notice("request", "Hello", "One\nTwo\n"),
                new Occasion.Answer(Optional.of(new MessageId("q@a.example")))));
    assertThat(header.first("Auto-Submitted").orElseThrow().value()).isEqualTo("auto-replied");
    assertThat(header.first("Precedence").orElseThrow().value()).isEqualTo("bulk");
    assertThat(header.first("From").orElseThrow().value())
        .isEqualTo("Users of X <users-request@lists.example.org>");
    assertThat(header.first("In-Reply-To").orElseThrow().value()).isEqualTo("<q@a.example>");
    assertThat(header.first("Date").orElseThrow().value()).startsWith("Sun, 1 Mar 2026 10:00:00");
    assertThat(header.first("Message-ID").orElseThrow().value()).endsWith("@lists.example.org>");
  }

  @Test
  void isSevenBitsWideWhateverItSays() {
    RawMessage mail =
        write(
            new Notice("owner", "Gr\u00fc\u00dfe\nBcc: x@y.example", "\u00dcber\n"),
            new Occasion.Own());
    String text = new String(mail.toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(text.chars()).allMatch(c -> c < 128);
    assertThat(HeaderBlock.of(mail).has("Bcc")).isFalse();
    assertThat(HeaderBlock.of(mail).first("Subject").orElseThrow().decoded())
        .isEqualTo("Gr\u00fc\u00dfe Bcc: x@y.example");
    assertThat(HeaderBlock.of(mail).first("Content-Transfer-Encoding").orElseThrow().value())
        .isEqualTo("base64");
    assertThat(text).endsWith("\r\n\r\nw5xiZXINCg==\r\n");
  }

  @Test
  void hasNoLineLongerThanMailAllows() {
    RawMessage mail =
        write(new Notice("owner", "Held", "One\n" + "y".repeat(1_000) + "\n"), new Occasion.Own());
    String text = new String(mail.toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(text.lines()).allMatch(line -> line.length() <= 998);
    assertThat(HeaderBlock.of(mail).first("Content-Transfer-Encoding").orElseThrow().value())
        .isEqualTo("base64");
  }

  @Test
  void namesAnAddressBeyondAsciiAsItIs() {
    RawMessage mail =
        NoticeMail.write(
            Fixtures.list(),
            new Notice("request", "Hello", "One\n"),
            MailAddress.of("j\u00fcrgen@a.example"),
            new Occasion.Own(),
            Fixtures.newId(),
            Fixtures.NOW);
    assertThat(new String(mail.toByteArray(), StandardCharsets.UTF_8))
        .contains("To: j\u00fcrgen@a.example\r\n");
  }

  @Test
  void showsNothingOfASubjectThatTurnsTextAround() {
    RawMessage mail =
        write(
            new Notice("owner", "Held: a\u202eb\u2028c\u0085d\ud83d", "One\n"), new Occasion.Own());
    assertThat(HeaderBlock.of(mail).first("Subject").orElseThrow().decoded())
        .isEqualTo("Held: a b c d");
  }

  private static RawMessage write(Notice notice, Occasion occasion) {
    return NoticeMail.write(Fixtures.list(), notice, ANN, occasion, Fixtures.newId(), Fixtures.NOW);
  }
}
