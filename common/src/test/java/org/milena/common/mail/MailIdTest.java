package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9562 section 5.7. */
class MailIdTest {

  private static final Instant NOW = Instant.parse("2025-11-21T20:23:45.678901Z");

  @Test
  void isAVersion7UuidOfItsTime() {
    var id = MailId.next(InstantSource.fixed(NOW), new Random(1));
    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(id.time()).isEqualTo(Instant.parse("2025-11-21T20:23:45.678Z"));
    assertThat(id.toString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void sameClockAndSeedGiveTheSameId() {
    var clock = InstantSource.fixed(NOW);
    assertThat(MailId.next(clock, new Random(7))).isEqualTo(MailId.next(clock, new Random(7)));
  }

  @Test
  void sortsByTimeAlsoWithinAMillisecond() {
    var random = new Random(3);
    var earlier = MailId.next(InstantSource.fixed(NOW), random);
    for (long nanos : new long[] {1_000, 500_000, 1_000_000, 86_400_000_000_000L}) {
      var later = MailId.next(InstantSource.fixed(NOW.plusNanos(nanos)), random);
      assertThat(later).isGreaterThan(earlier);
      assertThat(later.toString()).isGreaterThan(earlier.toString());
    }
  }

  @Test
  void doesNotRepeatItselfInOneInstant() {
    var random = new Random(5);
    var clock = InstantSource.fixed(NOW);
    assertThat(java.util.stream.Stream.generate(() -> MailId.next(clock, random)).limit(10_000))
        .doesNotHaveDuplicates();
  }

  @Test
  void readsWhatItWrites() {
    var id = MailId.next(InstantSource.fixed(NOW), new Random(2));
    assertThat(MailId.parse(id.toString())).contains(id);
    assertThat(MailId.of(id.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "019aa8b2-0000-4000-8000-000000000000",
        "019aa8b2-0000-7000-c000-000000000000",
        "019aa8b2-0000-7000-8000-00000000000g",
        "019aa8b200007000800000000000000000000",
        "019aa8b2-0000-7000-8000-000000000000 "
      })
  void refusesOtherText(String text) {
    assertThat(MailId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> MailId.of(text));
  }

  @Test
  void refusesOtherVersions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailId(UUID.nameUUIDFromBytes(new byte[1])));
  }

  @Test
  void otherLowBitsKeepTimeAndKind() {
    MailId id = MailId.of("01900000-0000-7abc-8000-000000000000");
    assertThat(id.withLow(-1).toString()).isEqualTo("01900000-0000-7abc-bfff-ffffffffffff");
    assertThat(id.withLow(5).toString()).isEqualTo("01900000-0000-7abc-8000-000000000005");
    assertThat(id.withLow(-1).time()).isEqualTo(id.time());
  }
}
