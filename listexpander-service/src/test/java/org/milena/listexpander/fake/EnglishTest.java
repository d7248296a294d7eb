package org.milena.listexpander.fake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnglishTest {
  @Test
  void findsWordsOfOurEnglishSentences() {
    assertThat(English.in("Der Beitrag was held by the list.")).contains("held", "the", "list");
  }

  @Test
  void takesNoPartOfAnIdForAWord() {
    assertThat(English.in("dieselbe Message-ID: 01a22795-d61d-7014-b74f-780fb3454be0.")).isEmpty();
  }
}
