package org.milena.egress.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.failure.UnfitException;

class ModeTest {

  @Test
  void readsTheThreeWays() {
    assertThat(Mode.parse("capture")).isEqualTo(new Mode.Capture());
    assertThat(Mode.parse("mx")).isEqualTo(new Mode.Mx());
    assertThat(Mode.parse("smarthost:mail.example.org:25"))
        .isEqualTo(new Mode.Smarthost("mail.example.org", 25));
    assertThat(Mode.parse("smarthost:[2001:db8::1]:2525"))
        .isEqualTo(new Mode.Smarthost("2001:db8::1", 2525));
    assertThat(Mode.parse("smarthost:[2001:db8::1]:2525").text())
        .isEqualTo("smarthost:[2001:db8::1]:2525");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "smtp",
        "smarthost",
        "smarthost:",
        "smarthost:host",
        "smarthost:host:",
        "smarthost:host:0",
        "smarthost:host:70000",
        "smarthost::25",
        "smarthost:ho st:25",
        "mx:example.org",
        "capture:x",
        "smarthost:host:25:26"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Mode.parse(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("MILENA_EGRESS");
  }
}
