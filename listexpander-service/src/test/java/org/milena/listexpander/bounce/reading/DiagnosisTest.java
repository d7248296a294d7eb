package org.milena.listexpander.bounce.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.status.EnhancedStatus;

class DiagnosisTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 5.1.1 gone                                        | HARD
          550 5.1.6 moved                                       | HARD
          550 5.1.10 null MX                                    | HARD
          550 5.4.4 cannot route                                | HARD
          550 user unknown                                      | HARD
          The recipient name is not recognized                  | HARD
          Host or domain name not found                         | HARD
          552 5.2.2 full                                        | SOFT
          550 5.1.1 mailbox full                                | SOFT
          450 4.1.1 user unknown                                | SOFT
          451 4.3.0 try later                                   | SOFT
          552 too large for us                                  | SOFT
          connection timed out                                  | SOFT
          550 5.2.0 user unknown                                | SOFT
          550 5.7.1 refused                                     | POLICY
          550 5.7.1 user unknown                                | POLICY
          550 5.1.1 refused because of spam                     | POLICY
          421 4.7.0 too much from your host                     | POLICY
          550 5.1.8 sender address rejected: domain not found   | POLICY
          553 5.1.1 see https://www.spamhaus.org/query/ip/1     | POLICY
          550 no reverse DNS for 192.0.2.1                      | POLICY
          554 blocked                                           | POLICY
          550 does not pass DMARC verification                  | POLICY
          host mx.spam.example said: 550 5.1.1 user unknown     | HARD
          <spam@far.example> user unknown                       | HARD
          """)
  void codesAndWordsTellWhoseFaultItIs(String text, FailureClass failure) {
    assertThat(Diagnosis.of(Optional.empty(), text).failure()).contains(failure);
  }

  @Test
  void aReplyWithoutReasonIsNobodysFault() {
    assertThat(Diagnosis.of(Optional.empty(), "550 no").failure()).isEmpty();
    assertThat(Diagnosis.of(Optional.of(EnhancedStatus.of("5.0.0")), "").failure()).isEmpty();
  }

  @Test
  void whoTookTheRecipientKnowsIt() {
    assertThat(
            Diagnosis.of(
                    Optional.empty(), "550 user unknown", "... (in reply to end of DATA command)")
                .failure())
        .contains(FailureClass.SOFT);
  }

  @Test
  void anIpAddressIsNoStatusAndAPortNoReply() {
    Diagnosis diagnosis = Diagnosis.of(Optional.empty(), "connect to mx[5.1.1.7]:25 and 5.2.1.9");
    assertThat(diagnosis.status()).isEmpty();
    assertThat(diagnosis.reply()).isEmpty();
  }

  @Test
  void theCodeOfTheFieldYieldsToAMoreTellingOneOfTheHost() {
    assertThat(Diagnosis.of(Optional.of(EnhancedStatus.of("5.0.0")), "550 5.2.2 full").status())
        .contains(EnhancedStatus.of("5.2.2"));
    assertThat(Diagnosis.of(Optional.of(EnhancedStatus.of("5.1.1")), "550 5.2.2 full").status())
        .contains(EnhancedStatus.of("5.1.1"));
    assertThat(Diagnosis.of(Optional.of(EnhancedStatus.of("4.4.7")), "450 4.7.1 denied").failure())
        .contains(FailureClass.POLICY);
  }
}
