package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.event.ListState;
import org.milena.common.settings.VolumeEvery;
import org.milena.listexpander.fake.Fixtures;

class IssueTest {
  @ParameterizedTest
  @CsvSource({
    // the last day of a year and the first of the next, also with a leap day between
    "YEAR, 2025-12-31, 2026-01-01, true",
    "YEAR, 2024-01-01, 2024-12-31, false",
    "YEAR, 2024-02-28, 2024-02-29, false",
    // each boundary between quarters, and each month inside one
    "QUARTER, 2026-03-31, 2026-04-01, true",
    "QUARTER, 2026-06-30, 2026-07-01, true",
    "QUARTER, 2026-09-30, 2026-10-01, true",
    "QUARTER, 2026-12-31, 2027-01-01, true",
    "QUARTER, 2026-01-31, 2026-02-01, false",
    "QUARTER, 2026-02-28, 2026-03-01, false",
    "QUARTER, 2026-04-30, 2026-05-01, false",
    "QUARTER, 2026-05-31, 2026-06-01, false",
    "QUARTER, 2026-07-31, 2026-08-01, false",
    "QUARTER, 2026-08-31, 2026-09-01, false",
    "QUARTER, 2026-10-31, 2026-11-01, false",
    "QUARTER, 2026-11-30, 2026-12-01, false",
    "QUARTER, 2025-02-01, 2026-02-01, true",
    "MONTH, 2026-01-31, 2026-02-01, true",
    "MONTH, 2024-02-28, 2024-02-29, false",
    "MONTH, 2024-02-29, 2024-03-01, true",
    "MONTH, 2023-02-28, 2023-03-01, true",
    "MONTH, 2025-05-01, 2026-05-01, true",
    // weeks begin on Mondays; 2026 has a week 53, which ends in 2027
    "WEEK, 2026-12-27, 2026-12-28, true",
    "WEEK, 2026-12-28, 2027-01-03, false",
    "WEEK, 2027-01-03, 2027-01-04, true",
    "WEEK, 2024-12-29, 2024-12-30, true",
    "WEEK, 2024-12-30, 2025-01-05, false",
    "WEEK, 2020-12-31, 2021-01-01, false",
    "WEEK, 2025-06-02, 2026-06-01, true",
    "DAY, 2024-02-28, 2024-02-29, true",
    "DAY, 2024-02-29, 2024-02-29, false",
    "DAY, 2026-12-31, 2027-01-01, true"
  })
  void beginsAVolumeWhenTheOldOneIsOver(
      VolumeEvery every, LocalDate last, LocalDate today, boolean begins) {
    ListState state = new ListState(Fixtures.USERS_ID, 9, 3, 14, last, null);
    assertThat(Issue.next(state, every, today))
        .isEqualTo(begins ? new Issue(4, 1, today) : new Issue(3, 14, today));
  }

  @ParameterizedTest
  @EnumSource(VolumeEvery.class)
  void beginsNothingOnADayBeforeTheLastOne(VolumeEvery every) {
    LocalDate last = LocalDate.of(2026, 1, 1);
    ListState state = new ListState(Fixtures.USERS_ID, 0, 2, 5, last, null);
    Issue issue = Issue.next(state, every, LocalDate.of(2025, 12, 31));
    assertThat(issue.volume()).isEqualTo(2);
    assertThat(issue.number()).isEqualTo(5);
    assertThat(issue.countedIn(state).lastDigestOn()).isEqualTo(last);
  }

  @ParameterizedTest
  @EnumSource(VolumeEvery.class)
  void goesOnWhereAnotherPlatformStopped(VolumeEvery every) {
    ListState brought = new ListState(Fixtures.USERS_ID, 0, 42, 7, null, null);
    assertThat(Issue.next(brought, every, LocalDate.of(2026, 5, 5)))
        .isEqualTo(new Issue(42, 7, LocalDate.of(2026, 5, 5)));
  }

  @ParameterizedTest
  @CsvSource({"YEAR, 29", "QUARTER, 113", "MONTH, 337", "WEEK, 1462", "DAY, 10228"})
  void aDigestADayForTwentyEightYearsMakesSoManyVolumes(VolumeEvery every, int volumes) {
    ListState state = ListState.first(Fixtures.USERS_ID);
    Map<Integer, Integer> issues = new HashMap<>();
    LocalDate day = LocalDate.of(2000, 1, 1); // a Saturday
    for (; !day.isAfter(LocalDate.of(2028, 1, 1)); day = day.plusDays(1)) {
      Issue issue = Issue.next(state, every, day);
      assertThat(issue.number()).isEqualTo(issues.merge(issue.volume(), 1, Integer::sum));
      state = issue.countedIn(state);
    }
    assertThat(issues).hasSize(volumes);
    assertThat(state.volume()).isEqualTo(volumes);
  }

  @Test
  void countsNothingElse() {
    ListState state = new ListState(Fixtures.USERS_ID, 9, 3, 14, null, LocalDate.of(2026, 2, 2));
    LocalDate today = LocalDate.of(2026, 3, 3);
    assertThat(Issue.next(state, VolumeEvery.MONTH, today).countedIn(state))
        .isEqualTo(new ListState(Fixtures.USERS_ID, 9, 3, 15, today, LocalDate.of(2026, 2, 2)));
  }
}
