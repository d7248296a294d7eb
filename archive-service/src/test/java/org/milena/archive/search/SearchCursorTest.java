package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.common.event.ArchiveId;

class SearchCursorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:30:15Z");
  private static final ArchiveId ID = new ArchiveId("x".repeat(27));

  @ParameterizedTest
  @CsvSource({"0,-5,0,", "1.25,1767225600000,9000,abc+/_-=="})
  void writesAndReads(double score, long date, int passed, String snapshot) {
    String search = SearchCursor.search("kernel", "", Sort.RELEVANCE, false);
    SearchCursor cursor = new SearchCursor(search, NOW, score, date, ID, passed, snapshot);
    assertThat(SearchCursor.decode(cursor.encode())).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "ZCAw", "ZCAwIDAgeHh4", "%00", "YSBiIGMgZCBlIGYgZw"})
  void refusesForeignOnes(String text) {
    assertThat(SearchCursor.decode(text)).isEmpty();
    assertThat(SearchCursor.decode("A".repeat(100_000))).isEmpty();
  }

  @Test
  void knowsItsSearch() {
    String one = SearchCursor.search("kernel", "a", Sort.NEWEST, false);
    assertThat(one).isEqualTo(SearchCursor.search("kernel", "a", Sort.NEWEST, false));
    assertThat(one)
        .isNotEqualTo(SearchCursor.search("kernels", "a", Sort.NEWEST, false))
        .isNotEqualTo(SearchCursor.search("kernel", "b", Sort.NEWEST, false))
        .isNotEqualTo(SearchCursor.search("kernel", "a", Sort.OLDEST, false))
        .isNotEqualTo(SearchCursor.search("kernel", "a", Sort.NEWEST, true));
  }
}
