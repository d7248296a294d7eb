package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 3676 section 4. */
class FlowedTextTest {

  @Test
  void joinsTheLinesOfAParagraph() {
    assertThat(FlowedText.of("one \ntwo \nthree\nfour\n", false))
        .isEqualTo("one two three\nfour\n");
    assertThat(FlowedText.of("one \ntwo", false)).isEqualTo("one two");
  }

  @Test
  void keepsTheDepthOfQuotes() {
    assertThat(FlowedText.of(">> a \n>> b\n> c \n> d\ne \n", false)).isEqualTo(">> a b\n> c d\ne ");
    assertThat(FlowedText.of("> a \nb\n", false)).isEqualTo("> a \nb\n");
  }

  @Test
  void takesStuffedSpacesAway() {
    assertThat(FlowedText.of(" From here\n  indented\n > no quote\n", false))
        .isEqualTo("From here\n indented\n> no quote\n");
  }

  @Test
  void delSpTakesTheSpaceOfALineEndAway() {
    assertThat(FlowedText.of("日本 \n語\n", true)).isEqualTo("日本語\n");
    assertThat(FlowedText.of("one  \ntwo\n", true)).isEqualTo("one two\n");
  }

  @Test
  void aSignatureStandsAlone() {
    assertThat(FlowedText.of("bye \n-- \nAlice\n", false)).isEqualTo("bye \n-- \nAlice\n");
  }
}
