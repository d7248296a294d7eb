package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void leavesOutWhatOthersWrote() {
    assertThat(
            Excerpt.of(
                "On Monday Bob wrote:\n> hello\n\nYes,\nof course.\n\nAnna said:\n\n> no\n-- \nme"))
        .isEqualTo("Yes, of course.");
  }

  @Test
  void isShort() {
    assertThat(Excerpt.of("word ".repeat(1000))).hasSizeLessThanOrEqualTo(241).endsWith("…");
    assertThat(Excerpt.of("> only quotes\n")).isEmpty();
  }

  /** Half an address is none that could be hidden. */
  @Test
  void endsBehindAWord() {
    for (int length = 200; length < 260; length++) {
      String text = "x".repeat(length) + " alice.smith.of.somewhere@hidden.example and so on";
      assertThat(AddressMask.mask(Excerpt.of(text))).doesNotContain("alice");
    }
  }
}
