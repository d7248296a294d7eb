package org.milena.scanner.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {

  @Test
  void readsNamesAndValuesWithSpaceAndFoldsAroundThem() {
    TagList list = TagList.parse(" v = 1;\r\n\ta=rsa-sha256 ;h=from :\r\n to; z=").orElseThrow();

    assertThat(list.value("v")).hasValue("1");
    assertThat(list.value("a")).hasValue("rsa-sha256");
    assertThat(list.value("h")).hasValue("from :\r\n to");
    assertThat(list.value("z")).hasValue("");
    assertThat(list.value("b")).isEmpty();
  }

  @Test
  void saysWhereTheValueLies() {
    String text = "a=x; b = AB\r\n CD ;c=y";
    TagList.Tag tag = TagList.parse(text).orElseThrow().tag("b").orElseThrow();

    assertThat(text.substring(0, tag.valueStart()) + text.substring(tag.valueEnd()))
        .isEqualTo("a=x; b =;c=y");
  }

  @Test
  void takesValuesWithEqualsSignsAndOctetsAbove127() {
    TagList list = TagList.parse("b=QUJD==; d=b\u00c3\u00bccher.example").orElseThrow();

    assertThat(list.value("b")).hasValue("QUJD==");
    assertThat(Printable.utf8(list.value("d").orElseThrow())).isEqualTo("bücher.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "a=1;", "a=1; \r\n", " a=1 ;", "A9_x=1"})
  void takesOneLastSemicolon(String text) {
    assertThat(TagList.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "a=1;;b=2",
        "a=1;;",
        ";a=1",
        "a",
        "a=1;b",
        "=1",
        "1a=1",
        "_=1",
        "a b=1",
        "a=1;a=2",
        "a=1; b=2; a=",
        "a=\0",
        "a=x\u007f",
        "a=x\u0001y",
        "a-b=1",
        "a:1"
      })
  void refusesWhatIsNoList(String text) {
    assertThat(TagList.parse(text)).isEmpty();
  }

  @Test
  void tellsUpperFromLowerCase() {
    assertThat(TagList.parse("a=1;A=2").orElseThrow().value("A")).hasValue("2");
  }
}
