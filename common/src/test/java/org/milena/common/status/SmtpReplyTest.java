package org.milena.common.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 section 4.2, RFC 2034. */
class SmtpReplyTest {

  @Test
  void writesTheEnhancedCodeOnEachLine() {
    var reply = SmtpReply.of(550, "5.7.1", "Relay access denied\nsee https://example.org");
    assertThat(reply.wireLines())
        .containsExactly("550-5.7.1 Relay access denied", "550 5.7.1 see https://example.org");
  }

  @Test
  void writesPlainReplies() {
    assertThat(SmtpReply.plain(250, "host.example", "SIZE 1000", "PIPELINING").wireLines())
        .containsExactly("250-host.example", "250-SIZE 1000", "250 PIPELINING");
    assertThat(SmtpReply.plain(354).wireLines()).containsExactly("354 ");
  }

  @ParameterizedTest
  @CsvSource({"250,5.0.0", "550,4.7.1", "451,5.3.0", "354,2.0.0"})
  void refusesAStatusOfAnotherClass(int code, String enhanced) {
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(code, enhanced, "x"));
  }

  @ParameterizedTest
  @CsvSource({"199", "600", "0", "-250"})
  void refusesCodesOutsideTheProtocol(int code) {
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.plain(code, "x"));
  }

  @Test
  void textCannotForgeAReply() {
    var reply = SmtpReply.of(451, "4.3.0", "bad\r\n250 2.0.0 Ok\rx\0y\u0085z");
    assertThat(reply.wireLines())
        .containsExactly("451-4.3.0 bad", "451-4.3.0 250 2.0.0 Ok", "451 4.3.0 x?y?z");
  }

  @Test
  void longTextGoesOnInTheNextLine() {
    String words = "word ".repeat(300).strip();
    var lines = SmtpReply.of(250, "2.0.0", words).wireLines();
    assertThat(lines)
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(510));
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> line.startsWith("250-2.0.0 word"));
    assertThat(String.join(" ", lines.stream().map(line -> line.substring(10)).toList()))
        .isEqualTo(words);
  }

  @Test
  void neverCutsACharacter() {
    String text = "😀".repeat(400);
    var lines = SmtpReply.plain(250, text).wireLines();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(510));
    assertThat(String.join("", lines.stream().map(line -> line.substring(4)).toList()))
        .isEqualTo(text);
  }

  @Test
  void readsTheReplyOfAnotherHost() {
    var reply = SmtpReply.received(550, List.of("5.1.1 No such user", "5.1.1 here", "bye"));
    assertThat(reply)
        .isEqualTo(
            new SmtpReply(550, EnhancedStatus.of("5.1.1"), List.of("No such user", "here", "bye")));
    assertThat(SmtpReply.received(250, List.of("2.0.0")).lines()).containsExactly("");
  }

  @Test
  void ignoresAStatusThatContradictsTheCode() {
    var reply = SmtpReply.received(450, List.of("5.7.1 try later"));
    assertThat(reply.status()).isNull();
    assertThat(reply.lines()).containsExactly("5.7.1 try later");
    assertThat(SmtpReply.received(354, List.of("2.0.0 go")).status()).isNull();
    assertThat(SmtpReply.received(220, List.of()).lines()).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource({
    "220,true,false,false",
    "354,true,false,false",
    "421,false,true,false",
    "554,false,false,true"
  })
  void tellsSuccessFromFailure(int code, boolean positive, boolean passing, boolean lasting) {
    var reply = SmtpReply.plain(code, "x");
    assertThat(reply.positive()).isEqualTo(positive);
    assertThat(reply.transientFailure()).isEqualTo(passing);
    assertThat(reply.permanentFailure()).isEqualTo(lasting);
    assertThat(reply.permanence().isEmpty()).isEqualTo(positive);
  }
}
