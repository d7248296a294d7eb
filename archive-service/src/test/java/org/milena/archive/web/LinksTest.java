package org.milena.archive.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | a%20b",
        "a+b=c&d#e | a%2Bb%3Dc%26d%23e",
        "100% | 100%25",
        "\"x\" <y> | %22x%22%20%3Cy%3E",
        "s:re f:x@y d:1..2 NEAR/5 a* | s:re%20f:x@y%20d:1..2%20NEAR/5%20a*",
        "\u00fc\uD83D\uDE00 | %C3%BC%F0%9F%98%80",
      })
  void writesSearchesThatComeBackAsTheyWere(String query, String written) {
    String url = Links.search(query, "dev@example.org", "newest", true, "x.y-z_0");
    assertThat(url)
        .isEqualTo(
            "/archive/search?q="
                + written
                + "&list=dev@example.org&sort=newest&threads=true&after=x.y-z_0");
    assertThat(
            UriComponentsBuilder.fromUriString("http://h" + url)
                .build(true)
                .getQueryParams()
                .toSingleValueMap()
                .get("q"))
        .satisfies(
            value -> assertThat(URLDecoder.decode(value, StandardCharsets.UTF_8)).isEqualTo(query));
  }

  @Test
  void saysNothingOfWhatIsUsual() {
    assertThat(Links.search("x", "", "", false, null)).isEqualTo("/archive/search?q=x");
  }
}
