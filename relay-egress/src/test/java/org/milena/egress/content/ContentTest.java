package org.milena.egress.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

class ContentTest {
  private static final RawMessage MESSAGE =
      RawMessage.wrap("ab\r\ncd\r\n".getBytes(StandardCharsets.US_ASCII));

  private static Content of(int... marks) {
    return Content.of(
        MESSAGE,
        new OutgoingMeta(
            MailId.of("01890a5d-ac96-774b-bcce-b302099a8057"),
            null,
            OutgoingMeta.Kind.POST,
            new MailMeta.BodyFacts(false, false),
            Arrays.stream(marks)
                .mapToObj(at -> new PersonalMark(at, PersonalValue.NAME))
                .toList()));
  }

  @Test
  void takesMarksWhereLinesStart() {
    assertThat(of(0, 4, 4, 8).marks()).hasSize(4);
    assertThat(of().form().filled(List.of()).messageSize()).isEqualTo(MESSAGE.size());
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "1, 4", "3, 4", "4, 9"})
  void refusesMarksThatWouldBreakTheMessage(int first, int second) {
    assertThatThrownBy(() -> of(first, second)).isInstanceOf(UnreadableRecordException.class);
  }
}
