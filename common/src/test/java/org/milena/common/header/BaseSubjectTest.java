package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseSubjectTest {

  @ParameterizedTest
  @CsvSource({
    "Some question, Some question, false",
    "Re: Some question, Some question, true",
    "' RE: re : AW: Some question', Some question, true",
    "[dev] Re: [dev] Some question, Some question, true",
    "Re: [dev] Some question, Some question, true",
    "[PATCH v2] Mend it, Mend it, false",
    "Re[2]: Some question, Some question, true",
    "Fwd: WG: Some question, Some question, true",
    "Re：Some question, Some question, true",
    "Reading list, Reading list, false",
    "Re:, Re:, true",
    "[only], [only], false",
    "'', '', false",
  })
  void leavesWhatThePostIsAbout(String subject, String text, boolean answers) {
    assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(text, answers));
  }
}
