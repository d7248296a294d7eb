package org.milena.archive.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class LinksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a@b | a@b",
        "a/b@c | a%2Fb@c",
        "a b@c | a%20b@c",
        "100%@c | 100%25@c",
        "a%2Fb@c | a%252Fb@c",
        "\"q\"<@c | %22q%22%3C@c",
        "a;b@c | a%3Bb@c",
        "a?b#c@d | a%3Fb%23c@d",
        "../x@c | ..%2Fx@c",
        "a\\b@c | a%5Cb@c",
        "\u00fc@c | %C3%BC@c",
        "A-Z.az_09~!$&'()*+,=:@c | A-Z.az_09~!$&'()*+,=:@c",
      })
  void writesMessageIdsAsPublicInboxDoes(String id, String segment) {
    assertThat(Links.segment(id)).isEqualTo(segment);
    MockHttpServletRequest request =
        new MockHttpServletRequest("GET", "/archive/l@x/" + segment + "/raw");
    assertThat(RawPath.segment(request, 3)).isEqualTo(id);
    assertThat(RawPath.segment(request, 4)).isEqualTo("raw");
    assertThat(RawPath.segment(request, 9)).isEmpty();
  }
}
