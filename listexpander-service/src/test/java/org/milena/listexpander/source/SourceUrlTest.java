package org.milena.listexpander.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/a",
        "https:///a",
        "https:a",
        "https://ann:secret@example.org/a",
        "https://ann@example.org/a",
        "https://example.org/a#b",
        "https://exa mple.org/",
        "https://a_b.example.org/",
        "file:///etc/passwd",
        "//example.org/a",
        ""
      })
  void refuses(String text) {
    assertThat(SourceUrl.parse(text)).isInstanceOf(SourceUrl.Result.Invalid.class);
  }

  @Test
  void refusesAnEndlessOne() {
    assertThat(SourceUrl.parse("https://example.org/" + "a".repeat(1_000)))
        .isInstanceOf(SourceUrl.Result.Invalid.class);
  }

  @Test
  void knowsTheHostHoweverItIsWritten() {
    assertThat(SourceUrl.parse("HTTPS://Example.ORG:8443/a?b=c"))
        .isInstanceOfSatisfying(
            SourceUrl.Result.Valid.class,
            valid -> assertThat(valid.url().host()).isEqualTo("example.org"));
    assertThat(SourceUrl.parse("https://[2001:db8::1]/a"))
        .isInstanceOfSatisfying(
            SourceUrl.Result.Valid.class,
            valid -> assertThat(valid.url().host()).isEqualTo("2001:db8::1"));
  }
}
