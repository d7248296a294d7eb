package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.DigestPost;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.MailId;
import org.milena.common.settings.DigestSettings;
import org.milena.common.settings.VolumeEvery;
import org.milena.listexpander.fake.Fixtures;

class WaitingTest {
  private static final long FULL = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "30, 0, 30719, false",
    "30, 0, 30720, true",
    "0, 0, 900000, false",
    "0, 0, 1048576, true",
    "0, 1, 1, true",
    "0, 2, 1, false"
  })
  void oneIsDueBySizeOrCount(int kb, int posts, int size, boolean due) {
    DigestSettings settings = settings(kb, posts, -1, "UTC");
    Instant now = Instant.parse("2026-03-01T23:00:00Z");
    assertThat(Waiting.isDigestDue(settings, List.of(waiting(now, size)), now, FULL))
        .isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    // published, now, due at four
    "2026-03-01T03:00:00Z, 2026-03-01T03:59:59Z, false",
    "2026-03-01T03:00:00Z, 2026-03-01T04:00:00Z, true",
    "2026-03-01T04:00:00Z, 2026-03-01T04:00:01Z, false",
    "2026-03-01T04:00:00Z, 2026-03-02T03:59:59Z, false",
    "2026-03-01T04:00:00Z, 2026-03-02T04:00:00Z, true",
    "2026-03-01T12:00:00Z, 2026-03-09T03:00:00Z, true"
  })
  void oneIsDueWhenTheHourPassedWhileAPostWaited(Instant published, Instant now, boolean due) {
    DigestSettings settings = settings(0, 0, 4, "UTC");
    List<DigestPost> waiting = List.of(waiting(published, 1));
    assertThat(Waiting.isDigestDue(settings, waiting, now, FULL)).isEqualTo(due);
    assertThat(Waiting.isSummaryDue(settings, waiting, now)).isEqualTo(due);
    DigestSettings never = settings(0, 0, -1, "UTC");
    assertThat(Waiting.isDigestDue(never, waiting, now, FULL)).isFalse();
    // without an hour for digests, summaries come at four all the same
    assertThat(Waiting.isSummaryDue(never, waiting, now)).isEqualTo(due);
  }

  @Test
  void nothingIsNeverDue() {
    Instant now = Instant.parse("2026-03-01T04:00:00Z");
    DigestSettings off = new DigestSettings(false, 1, 1, 4, VolumeEvery.DAY, ZoneId.of("UTC"));
    assertThat(Waiting.isDigestDue(off, List.of(), now, FULL)).isFalse();
    assertThat(Waiting.isSummaryDue(off, List.of(), now)).isFalse();
    // who has digests no longer sends what waits
    assertThat(Waiting.isDigestDue(off, List.of(waiting(now, 1)), now, FULL)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Africa/Casablanca",
        "Pacific/Kiritimati"
      })
  void anHourPassesOnceADayWhateverTheClockDoes(String zone) {
    ZoneId zoneId = ZoneId.of(zone);
    for (int hour : new int[] {0, 1, 2, 3, 12, 23}) {
      Set<LocalDate> days = new HashSet<>();
      Instant last = Instant.MIN;
      Instant end = Instant.parse("2012-05-01T00:00:00Z");
      for (Instant now = Instant.parse("2010-09-01T00:00:00Z");
          now.isBefore(end);
          now = now.plus(Duration.ofMinutes(30))) {
        Instant time = Waiting.lastTime(hour, zoneId, now);
        assertThat(time).isBeforeOrEqualTo(now).isAfterOrEqualTo(last);
        if (!time.equals(last) && !last.equals(Instant.MIN)) {
          assertThat(days.add(LocalDate.ofInstant(time, zoneId))).as("%s %s", zone, time).isTrue();
        }
        last = time;
      }
      // Samoa had no 30 December 2011
      assertThat(days).hasSizeBetween(606, 609);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // half past two does not exist on this day, so two o'clock is three
    "Europe/Berlin, 2, 2026-03-29T00:59:59Z, 2026-03-28T01:00:00Z",
    "Europe/Berlin, 2, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z",
    // two o'clock comes twice, and the first counts
    "Europe/Berlin, 2, 2026-10-25T00:00:00Z, 2026-10-25T00:00:00Z",
    "Europe/Berlin, 2, 2026-10-25T01:30:00Z, 2026-10-25T00:00:00Z",
    "America/New_York, 0, 2026-07-01T03:59:00Z, 2026-06-30T04:00:00Z"
  })
  void knowsWhenItWasLast(String zone, int hour, Instant now, Instant last) {
    assertThat(Waiting.lastTime(hour, ZoneId.of(zone), now)).isEqualTo(last);
  }

  private static DigestSettings settings(int kb, int posts, int hour, String zone) {
    return new DigestSettings(true, kb, posts, hour, VolumeEvery.MONTH, ZoneId.of(zone));
  }

  private static DigestPost waiting(Instant at, int size) {
    MailId id = Fixtures.newId();
    return new DigestPost(
        Fixtures.USERS_ID,
        id,
        new MailPointer(new RecordPosition("mail.digests", 0, 0), id, "0"),
        "ann@a.example",
        "",
        size,
        at,
        false,
        false);
  }
}
