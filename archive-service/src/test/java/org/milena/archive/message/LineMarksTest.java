package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineMarksTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "text|0|text",
        "''|0|''",
        ">|1|''",
        "> text|1|text",
        ">text|1|text",
        ">  text|1| text",
        "> > text|2|text",
        ">>> text|3|text",
        "> >> text|3|text",
        ">  > text|1| > text",
        " > text|0| > text",
        "a > b|0|a > b",
      })
  void tellHowDeepALineIsQuoted(String line, int depth, String content) {
    assertThat(LineMarks.depth(line)).isEqualTo(depth);
    assertThat(line.substring(LineMarks.content(line))).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "> a|0|true",
        " > a|0|false",
        " > a|1|true",
        "  > a|1|false",
        "  >|2|true",
        "'  '|2|false",
        "a|2|false"
      })
  void mayStandBehindSpaces(String line, int spaces, boolean quoted) {
    assertThat(LineMarks.isQuoted(line, spaces)).isEqualTo(quoted);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {"-- |true", "--|true", "---|false", " -- |false", "--  |false", "''|false"})
  void tellASignature(String line, boolean is) {
    assertThat(LineMarks.isSignature(line)).isEqualTo(is);
  }
}
