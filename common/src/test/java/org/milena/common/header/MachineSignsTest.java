package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;

class MachineSignsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Auto-Submitted: auto-replied (vacation)          | it says Auto-Submitted: auto-replied
          auto-submitted: Auto-Generated; owner-email=x    | it says Auto-Submitted: auto-generated
          Auto-Submitted: no                               |
          Precedence: Bulk                                 | it says Precedence: bulk
          Precedence: first-class                          |
          List-Id: <users.example.org>                     | it came through a mailing list
          list-unsubscribe: <mailto:x@example.org>         | it came through a mailing list
          Lists: x                                         |
          X-Auto-Response-Suppress: All                    |
          """)
  void readsWhatAHeaderSays(String field, String sign) {
    assertThat(MachineSigns.of(header("Subject: s\r\n" + field)))
        .isEqualTo(Optional.ofNullable(sign));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          From: Ann <ann@a.example>            | ann@a.example
          From: ann@a.example, bob@b.example   |
          From: nobody                         |
          Sender: ann@a.example                |
          """)
  void knowsTheOnlyAuthor(String field, String author) {
    assertThat(OnlyAuthor.of(header(field)))
        .isEqualTo(Optional.ofNullable(author).map(MailAddress::of));
  }

  @Test
  void knowsNoAuthorOfTwoFields() {
    assertThat(OnlyAuthor.of(header("From: ann@a.example\r\nFrom: ann@a.example"))).isEmpty();
  }

  @Test
  void knowsNoAuthorInAFieldWithoutEnd() {
    assertThat(OnlyAuthor.of(header("From: " + "x ".repeat(40_000) + "<ann@a.example>"))).isEmpty();
  }

  private static HeaderBlock header(String fields) {
    return HeaderBlock.of(
        RawMessage.wrap((fields + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII)));
  }
}
