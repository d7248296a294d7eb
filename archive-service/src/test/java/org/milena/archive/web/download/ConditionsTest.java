package org.milena.archive.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ConditionsTest {
  private static final String TAG = "\"abc\"";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"abc\" | false | true",
        "\"x\", \"abc\" | false | true",
        "W/\"abc\" | true | true",
        "\"x\" | true | false",
        "* | false | true"
      })
  void comparesTags(String header, boolean failed, boolean notModified) {
    assertThat(conditions("If-Match", header).failed()).isEqualTo(failed);
    assertThat(conditions("If-None-Match", header).notModified()).isEqualTo(notModified);
  }

  @Test
  void asksForNothingWhereNothingIsAsked() {
    Conditions none = conditions();
    assertThat(none.failed()).isFalse();
    assertThat(none.notModified()).isFalse();
    assertThat(none.range()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 9",
    "bytes=90-, 90, 99",
    "bytes=90-1000, 90, 99",
    "bytes=-10, 90, 99",
    "bytes=-1000, 0, 99"
  })
  void readsARange(String header, long from, long last) {
    var range = conditions("Range", header).range().orElseThrow();
    assertThat(range.getRangeStart(100)).isEqualTo(from);
    assertThat(range.getRangeEnd(100)).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"bytes=0-1,5-6", "bytes=9-1", "bytes=x-", "lines=1-2", "bytes=-"})
  void givesTheWholeForWhatIsNoOneRange(String header) {
    assertThat(conditions("Range", header).range()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"abc\" | true",
        "W/\"abc\" | false",
        "\"old\" | false",
        "Mon, 05 Jan 2026 10:00:00 GMT | false"
      })
  void givesARangeOnlyOfWhatIsKnown(String known, boolean range) {
    assertThat(conditions("Range", "bytes=5-", "If-Range", known).range().isPresent())
        .isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "deflate, gzip;q=0.5 | true",
        "x-gzip | true",
        "gzip;q=0 | false",
        "gzip; q=0.000 | false",
        "br, identity | false",
        "* | false"
      })
  void compressesForWhoTakesIt(String header, boolean takes) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Accept-Encoding", header);
    assertThat(Conditions.takesGzip(request)).isEqualTo(takes);
    assertThat(Conditions.takesGzip(new MockHttpServletRequest())).isFalse();
  }

  private static Conditions conditions(String... headers) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    for (int i = 0; i < headers.length; i += 2) {
      request.addHeader(headers[i], headers[i + 1]);
    }
    return new Conditions(request, TAG);
  }
}
