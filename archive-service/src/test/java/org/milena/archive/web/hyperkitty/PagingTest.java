package org.milena.archive.web.hyperkitty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.web.ApiProblem;

class PagingTest {
  private static final String URL = "https://x.example/api/list/dev@x.example/emails/";

  private static Paging paging(int limit, int offset) {
    return Paging.of(URL, limit, offset, null, 8_000);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 5, , ",
    "10, 0, 10, , ",
    "10, 0, 11, limit=10&offset=10, ",
    "10, 10, 11, , limit=10",
    "10, 5, 30, limit=10&offset=15, limit=10",
    "10, 20, 40, limit=10&offset=30, limit=10&offset=10",
    "0, 0, 11, limit=10&offset=10, ",
    "-1, -5, 11, limit=10&offset=10, ",
    "500, 0, 1000, limit=100&offset=100, ",
  })
  void linksPages(
      int limit, int offset, int count, @Nullable String next, @Nullable String previous) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    PagedJson<Integer> page = paging(limit, offset).slice(all);
    assertThat(page.count()).isEqualTo(count);
    assertThat(page.next()).isEqualTo(next == null ? null : URL + "?" + next);
    assertThat(page.previous()).isEqualTo(previous == null ? null : URL + "?" + previous);
  }

  @Test
  void slicesWhatIsThere() {
    List<Integer> all = List.of(1, 2, 3, 4, 5);
    assertThat(paging(2, 0).slice(all).results()).containsExactly(1, 2);
    assertThat(paging(2, 4).slice(all).results()).containsExactly(5);
    assertThat(paging(2, 9).slice(all).results()).isEmpty();
  }

  @Test
  void keepsOrderAndPlaceInLinks() {
    PagedJson<Integer> page =
        Paging.of(URL, 2, 9_000, "-date", 8_000).page(List.of(1, 2), 20_000, "123.abc");
    assertThat(page.next()).isEqualTo(URL + "?limit=2&offset=9002&ordering=-date&after=123.abc");
    assertThat(page.previous()).as("nothing leads there").isNull();
  }

  @Test
  void neverEndsEarlyInSilence() {
    assertThat(paging(10, 8_000).passed()).isEqualTo(8_000);
    assertThat(paging(10, 8_000).page(List.of(1), 9_000, null).next()).isNotNull();
    assertThat(paging(1, 80).page(List.of(1), 70, "123.abc", true).next())
        .as("posts went behind the place, and others follow it")
        .isEqualTo(URL + "?limit=1&offset=81&after=123.abc");
    assertThat(paging(1, 80).page(List.of(1), 90, "123.abc", false).next()).isNull();
    assertThatThrownBy(() -> paging(10, 8_010).passed())
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("8000 items at most");
  }
}
