package org.milena.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.common.event.GoldenValues.AT;
import static org.milena.common.event.GoldenValues.LIST;
import static org.milena.common.event.GoldenValues.MAIL;
import static org.milena.common.event.GoldenValues.POINTER;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final Sentence NEW = new Sentence("It is new.", "new", List.of());

  @Test
  void aRowOfBeforeSaysItsReasonsInEnglish() {
    Hold before = MailJson.read(MailJson.bytes(hold(List.of())), Hold.class);
    assertThat(MailJson.text(before)).doesNotContain("sentences");
    assertThat(before.why()).containsExactly(Sentence.plain("It is new."));
  }

  @Test
  void whatBecomesOfItLeavesItsReasonsAsTheyAre() {
    Hold hold = hold(List.of(NEW));
    assertThat(hold.why()).containsExactly(NEW);
    assertThat(hold.claimed(new Hold.Claim("ana", AT)).why()).containsExactly(NEW);
    assertThat(
            hold.decided(new Hold.Decision(Hold.Verdict.REJECTED, "ana", AT, AT)).again(AT).why())
        .containsExactly(NEW);
  }

  @Test
  void sentencesThatSayOtherThanTheReasonsDoNotCount() {
    assertThat(hold(List.of(new Sentence("All is well.", "new", List.of()))).why())
        .containsExactly(Sentence.plain("It is new."));
    assertThat(hold(List.of(NEW, NEW)).why()).containsExactly(Sentence.plain("It is new."));
  }

  private static Hold hold(List<Sentence> sentences) {
    return new Hold(
        "h1",
        LIST,
        MAIL,
        POINTER,
        "Ana",
        "Hello",
        99,
        AT,
        List.of("It is new."),
        sentences,
        null,
        null,
        null);
  }
}
