package org.milena.listexpander.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.listexpander.fake.Fixtures;

class AnswerPolicyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ann@a.example ; From: ann@a.example                                       ; true
          ann@a.example ; From: ann@a.example|Auto-Submitted: no                    ; true
                        ; From: ann@a.example                                       ; false
          ann@a.example ; From: ann@a.example|auto-submitted: AUTO-Generated        ; false
          ann@a.example ; From: ann@a.example|Auto-Submitted: auto-replied (away)    ; false
          ann@a.example ; From: ann@a.example|PRECEDENCE: bulk                      ; false
          ann@a.example ; From: ann@a.example|Precedence: Junk                      ; false
          ann@a.example ; From: ann@a.example|precedence: list                      ; false
          ann@a.example ; From: ann@a.example|Precedence: first-class               ; true
          ann@a.example ; From: ann@a.example|List-Help: <mailto:x@y.example>       ; false
          ann@a.example ; From: ann@a.example|X-Auto-Response-Suppress: All         ; false
          ann@a.example ; From: ann@a.example|X-No-Ack: yes                         ; false
          ann@a.example ; From: ann@a.example|X-Ack: no                             ; false
          x@a.example   ; From: MAILER-DAEMON@a.example                             ; false
          x@a.example   ; From: dev-request@a.example                               ; false
          x@a.example   ; From: dev-bounces+abc@a.example                           ; false
          x@a.example   ; From: no-reply@a.example                                  ; false
          x@a.example   ; From: users@lists.example.org                             ; false
          x@a.example   ; Subject: no author                                        ; true
          """)
  void neverAnswersMachines(String reversePath, String header, boolean answered) {
    assertThat(
            AnswerPolicy.silence(
                    Fixtures.post(
                        reversePath == null ? "" : reversePath,
                        header.replace("|", "\n") + "\n\nhelp\n"),
                    Fixtures.list())
                .isEmpty())
        .isEqualTo(answered);
  }
}
