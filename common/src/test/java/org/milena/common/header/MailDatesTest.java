package org.milena.common.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5322 section 3.3 and 4.3, and what programs write instead. */
class MailDatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          Fri, 21 Nov 1997 09:55:06 -0600                    | 1997-11-21T15:55:06Z
          21 Nov 1997 09:55:06 -0600                         | 1997-11-21T15:55:06Z
          Tue, 1 Jul 2003 10:52:37 +0200                     | 2003-07-01T08:52:37Z
          Thu, 13 Feb 1969 23:32:54 -0330                    | 1969-02-14T03:02:54Z
          Thu,13    Feb 1969  23:32  -0330 (Newfoundland Time) | 1969-02-14T03:02:00Z
          Fri, 21 Nov 1997 09(comment):   55  :  06 -0600    | 1997-11-21T00:00:00Z
          21 Nov 97 09:55:06 GMT                             | 1997-11-21T09:55:06Z
          21 Nov 20 09:55:06 GMT                             | 2020-11-21T09:55:06Z
          21 Nov 49 09:55:06 GMT                             | 2049-11-21T09:55:06Z
          21 Nov 50 09:55:06 GMT                             | 1950-11-21T09:55:06Z
          21 Nov 102 09:55:06 GMT                            | 2002-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06 EST                      | 1997-11-21T14:55:06Z
          Fri, 21 Nov 1997 09:55:06 PDT                      | 1997-11-21T16:55:06Z
          Fri, 21 Nov 1997 09:55:06 Z                        | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06 A                        | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06 XYZ                      | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06 +0100 (CET)              | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 CET                      | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 GMT+0100                 | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 +01:00                   | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 +01                      | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 +530                     | 1997-11-21T04:25:06Z
          Fri, 21 Nov 1997 09:55:06+0100                     | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 0100                     | 1997-11-21T08:55:06Z
          Fri, 21 Nov 1997 09:55:06 -9999                    | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06                          | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55:06.789 +0000                | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997                                   | 1997-11-21T00:00:00Z
          Fri 21 Nov 1997 9:5:6 +0000                        | 1997-11-21T09:05:06Z
          fri, 21 NOV 1997 09:55:06 +0000                    | 1997-11-21T09:55:06Z
          Friday, 21 November 1997 09:55:06 +0000            | 1997-11-21T09:55:06Z
          Wrong, 21 Nov 1997 09:55:06 +0000                  | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09:55 PM +0000                    | 1997-11-21T21:55:00Z
          Fri, 21 Nov 1997 12:55 AM +0000                    | 1997-11-21T00:55:00Z
          Fri, 21 Nov 1997 24:00:00 +0000                    | 1997-11-22T00:00:00Z
          Wed, 31 Dec 2098 23:59:60 +1400                    | 2098-12-31T10:00:00Z
          Fri Nov 21 09:55:06 1997                           | 1997-11-21T09:55:06Z
          Fri Nov 21 09:55:06 EST 1997                       | 1997-11-21T14:55:06Z
          Fri Nov 21 09:55:06 1997 -0600                     | 1997-11-21T15:55:06Z
          Nov 21, 1997 09:55:06 -0600                        | 1997-11-21T15:55:06Z
          21-Nov-1997 09:55:06 +0000                         | 1997-11-21T09:55:06Z
          21 Nov 1997 09.55.06 +0000                         | 1997-11-21T09:55:06Z
          1997-11-21 09:55:06 +0000                          | 1997-11-21T09:55:06Z
          1997-11-21T09:55:06Z                               | 1997-11-21T09:55:06Z
          1997-11-21T09:55:06+01:00                          | 1997-11-21T08:55:06Z
          29-04-2017 23:34                                   | 2017-04-29T23:34:00Z
          Tue, 029 Apr 2019 23:34:45 -0800 (PST)             | 2019-04-30T07:34:45Z
          Wed, 15 Dec 2010    59:10 -0500                    | 2010-12-15T05:00:00Z
          """)
  void reads(String text, Instant expected) {
    assertThat(MailDates.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday at noon",
        "Whenever",
        "21 Nov",
        "Nov 1997",
        "30 Feb 2020 10:00:00 +0000",
        "32 Jan 2020 10:00:00 +0000",
        "02/03/2008",
        "10:00:00 +0000",
        "(21 Nov 1997 10:00:00)",
        "99999999999"
      })
  void findsNoDateWhereNoneIs(String text) {
    assertThat(MailDates.parse(text)).isEmpty();
  }

  @Test
  void writesWhatTheStandardWants() {
    var instant = Instant.parse("2025-09-05T07:03:09.9Z");
    assertThat(MailDates.format(instant, ZoneOffset.UTC))
        .isEqualTo("Fri, 5 Sep 2025 07:03:09 +0000");
    assertThat(MailDates.format(instant, ZoneId.of("Europe/Berlin")))
        .isEqualTo("Fri, 5 Sep 2025 09:03:09 +0200");
    assertThat(MailDates.format(instant, ZoneOffset.ofHoursMinutes(-3, -30)))
        .isEqualTo("Fri, 5 Sep 2025 03:33:09 -0330");
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      assertThat(MailDates.format(Instant.EPOCH, ZoneOffset.UTC))
          .isEqualTo("Thu, 1 Jan 1970 00:00:00 +0000");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void readsWhatItWrites() {
    var random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      var instant = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 100_000_000_000L));
      var zone = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60) * 60);
      assertThat(MailDates.parse(MailDates.format(instant, zone))).contains(instant);
    }
  }
}
