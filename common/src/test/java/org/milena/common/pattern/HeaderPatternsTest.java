package org.milena.common.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.PostAction;

class HeaderPatternsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Subject  ; lottery   ; Subject: You won the LOTTERY             ; true
          subject  ; ^you      ; Subject: You won                         ; true
          Subject  ; ^won      ; Subject: You won                         ; false
          Subject  ; Grüße     ; Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=     ; true
          Subject  ; lottery   ; X-Subject: lottery                       ; false
          X-Spam   ; .         ; X-Spam: yes                              ; true
          X-Spam   ; yes       ; X-Spam: no|X-Spam: yes                   ; true
          Received ; a\\s+b    ; Received: a|  b                          ; true
          """)
  void seeksInDecodedValues(String header, String pattern, String fields, boolean hits) {
    HeaderFilter filter = new HeaderFilter(header, pattern, PostAction.HOLD);
    assertThat(HeaderPatterns.refusal(List.of(filter))).isEmpty();
    assertThat(HeaderPatterns.of(List.of(filter)).hits(block(fields).fields()))
        .isEqualTo(hits ? List.of(filter) : List.of());
  }

  @Test
  void givesAllThatHitInTheirOrder() {
    List<HeaderFilter> filters =
        List.of(
            new HeaderFilter("Subject", "b", PostAction.DEFER),
            new HeaderFilter("Subject", "(", PostAction.DISCARD),
            new HeaderFilter("Subject", "x", PostAction.REJECT),
            new HeaderFilter("Subject", "a", PostAction.HOLD));
    assertThat(HeaderPatterns.of(filters).hits(block("Subject: ab").fields()))
        .containsExactly(filters.get(0), filters.get(3));
  }

  @Test
  void refusesWhatIsNone() {
    assertThat(HeaderPatterns.refusal(List.of(filter("Subject", "(")))).isPresent();
    assertThat(HeaderPatterns.refusal(List.of(filter("Subject", "")))).isPresent();
    assertThat(HeaderPatterns.refusal(List.of(filter("Sub ject", "a")))).isPresent();
    assertThat(HeaderPatterns.refusal(List.of(filter("", "a")))).isPresent();
    assertThat(HeaderPatterns.refusal(List.of(filter("Subject:", "a")))).isPresent();
    assertThat(HeaderPatterns.refusal(List.of(filter("Subject", "((a{1000}){1000}){1000}"))))
        .isPresent();
    assertThat(HeaderPatterns.refusal(Collections.nCopies(101, filter("Subject", "a"))))
        .isPresent();
    assertThat(HeaderPatterns.refusal(Collections.nCopies(100, filter("Subject", "a")))).isEmpty();
    assertThat(HeaderPatterns.refusal(Collections.nCopies(20, filter("Subject", "a{900}"))))
        .isPresent();
  }

  @Test
  void readsABoundedPartOfAHeader() {
    HeaderFilter filter = filter("X", "needle");
    HeaderPatterns patterns = HeaderPatterns.of(List.of(filter));
    String hay = "X: " + "h".repeat(8_000) + "\n";
    assertThat(patterns.hits(HeaderBlock.of(message(hay + "X: needle\n\n")).fields()))
        .containsExactly(filter);
    assertThat(patterns.hits(HeaderBlock.of(message(hay.repeat(3) + "X: needle\n\n")).fields()))
        .isEmpty();
  }

  private static HeaderFilter filter(String header, String pattern) {
    return new HeaderFilter(header, pattern, PostAction.HOLD);
  }

  private static HeaderBlock block(String fields) {
    return HeaderBlock.of(message(fields.replace("|", "\n") + "\n\n"));
  }

  private static RawMessage message(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
