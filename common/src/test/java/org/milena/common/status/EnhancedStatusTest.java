package org.milena.common.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3463 section 2. */
class EnhancedStatusTest {

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "4.7.24", "5.7.1", "5.1.999"})
  void readsWhatItWrites(String text) {
    assertThat(EnhancedStatus.of(text)).hasToString(text);
    assertThat(EnhancedStatus.parse(text)).contains(EnhancedStatus.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5.7",
        "5.7.1.2",
        "3.0.0",
        "1.0.0",
        "6.0.0",
        "5..1",
        "5.7.",
        "5.7.1000",
        "5.7.-1",
        "5.7.x",
        "5.7.1 ",
        " 5.7.1",
        "5,7,1"
      })
  void refusesOtherText(String text) {
    assertThat(EnhancedStatus.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> EnhancedStatus.of(text));
  }

  @Test
  void findsTheCodeATextBeginsWith() {
    assertThat(EnhancedStatus.leading("5.1.1 no such user")).contains(new EnhancedStatus(5, 1, 1));
    assertThat(EnhancedStatus.leading("192.0.2.1 is blocked")).isEmpty();
    assertThat(EnhancedStatus.leading("no such user 5.1.1")).isEmpty();
  }

  @Test
  void saysWhetherAFailureLasts() {
    assertThat(EnhancedStatus.of("2.0.0").permanence()).isEmpty();
    assertThat(EnhancedStatus.of("4.0.0").permanence()).contains(Permanence.TRANSIENT);
    assertThat(EnhancedStatus.of("5.0.0").permanence()).contains(Permanence.PERMANENT);
  }
}
