package org.milena.archive.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

class PostedAtTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // Date, Received, what the archive says, taken at, oddity
    "'Thu, 2 Jul 2009 10:00:00 +0000', , , 2009-07-02T10:00:00Z, ",
    "'Thu, 2 Jul 2009 10:00:00 +0000', 'Thu, 2 Jul 2009 10:05:00 +0000', ,2009-07-02T10:05:00Z,",
    // the author's clock was years off
    "'Tue, 2 Jul 2002 10:00:00 +0000', 'Thu, 2 Jul 2009 10:05:00 +0000', ,2009-07-02T10:05:00Z,"
        + " ODD_DATE",
    "'Sat, 2 Jul 2050 10:00:00 +0000', 'Thu, 2 Jul 2009 10:05:00 +0000', ,2009-07-02T10:05:00Z,"
        + " ODD_DATE",
    // it was filed when the archive was converted
    "'Thu, 2 Jul 2009 10:00:00 +0000', , 2019-01-01T00:00:00Z, 2009-07-02T10:00:00Z, ",
    "'Thu, 2 Jul 2009 10:00:00 +0000', , 2009-07-02T10:09:00Z, 2009-07-02T10:09:00Z, ",
    "'Thu, 2 Jul 2015 10:00:00 +0000', , 2009-07-02T10:09:00Z, 2009-07-02T10:09:00Z, ODD_DATE",
    "'Sat, 2 Jul 2050 10:00:00 +0000', , 2009-07-02T10:09:00Z, 2009-07-02T10:09:00Z, ODD_DATE",
    "'Thu, 1 Jan 1970 00:00:00 +0000', , , , ODD_DATE",
    ", , 2009-07-02T10:09:00Z, 2009-07-02T10:09:00Z, NO_DATE",
    "'nonsense', , , , NO_DATE",
    ", 'nonsense', , , NO_DATE"
  })
  void findsOut(
      @Nullable String date,
      @Nullable String received,
      @Nullable Instant source,
      @Nullable Instant at,
      @Nullable OddKind oddity) {
    String header =
        (received == null ? "" : "Received: from a by b; " + received + "\n")
            + (date == null ? "" : "Date: " + date + "\n")
            + "Subject: x\n\n";
    PostedAt.Found found =
        PostedAt.of(
            HeaderBlock.of(RawMessage.wrap(header.getBytes(StandardCharsets.US_ASCII))),
            source,
            NOW);
    assertThat(found).isEqualTo(new PostedAt.Found(at, oddity));
  }
}
