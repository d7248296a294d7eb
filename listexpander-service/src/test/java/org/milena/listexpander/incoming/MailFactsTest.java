package org.milena.listexpander.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.milena.listexpander.fake.Fixtures;

class MailFactsTest {

  @Test
  void textOfStrangersIsOnOneLineAndTurnsNothingAround() {
    MailFacts facts =
        MailFacts.of(
            Fixtures.message(
                "From: a\u202eb <x@e.example>\n"
                    + "Subject: in\u2028voice\u202egpj.exe\u0085!\n\n"
                    + "Text\n"));
    assertThat(facts.subject()).isEqualTo("in voice gpj.exe !");
    assertThat(facts.authorText()).isEqualTo("a b <x@e.example>");
  }

  @Test
  void textOfStrangersIsNotCutWithinACharacter() {
    for (int before = 495; before < 505; before++) {
      String subject = "x".repeat(before) + "\ud83d\ude00".repeat(9);
      MailFacts facts =
          MailFacts.of(Fixtures.message("From: x@e.example\nSubject: " + subject + "\n\nText\n"));
      assertThat(facts.subject()).doesNotContainPattern("\\p{Cs}").endsWith("\u2026");
    }
  }
}
